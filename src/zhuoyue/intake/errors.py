"""Refusals: a code for programs, parameters, and a sentence with its remedy for people."""

from typing import NamedTuple, Self


class Words(str):  # noqa: SLOT000 - a str with slots of its own cannot be typed
    """A parameter in words: Chinese as it stands, and its English."""

    en: str

    def __new__(cls, zh: str, en: str) -> Self:
        words = super().__new__(cls, zh)
        words.en = en
        return words


CHARACTERS = Words("字数", "the number of characters")
LINES = Words("行数", "the number of lines")
PAGES = Words("页数", "the number of pages")
PARTS = Words("内部文件数", "the number of files inside")
BYTES = Words("文件字节数", "the size in bytes")


class _Message(NamedTuple):
    sentence: str
    remedy: str
    sentence_en: str
    remedy_en: str


MESSAGES: dict[str, _Message] = {
    "missing": _Message(
        "找不到文件“{name}”。",
        "请检查路径和文件名。",
        "The file “{name}” was not found.",
        "Check the path and the file name.",
    ),
    "unsupported_type": _Message(
        "不能读取“{name}”：扩展名“{suffix}”不在可读之列。",
        "请提供 .txt、.docx 或 .pdf 文件；其他格式请先另存为 .docx 或 PDF。",
        "“{name}” cannot be read: the extension “{suffix}” is not among those supported.",
        "Give a .txt, .docx or .pdf file; save other formats as .docx or PDF first.",
    ),
    "wrong_type": _Message(
        "“{name}”的内容不是 {expected}，而是 {found}。",
        "请确认选对了文件；若扩展名写错，请改为与内容相符的扩展名后重试。",
        "The content of “{name}” is not {expected} but {found}.",
        "Check that it is the right file; if only the extension is wrong, rename it and try again.",
    ),
    "ofd": _Message(
        "“{name}”是 OFD 版式文件，这里不能读取。",
        "请用 OFD 阅读软件导出为 PDF（带文字），或向发布单位索取 .docx 后重试。",
        "“{name}” is an OFD file, which cannot be read here.",
        "Export it as PDF (with text) from an OFD reader, or ask its publisher for a .docx, and try again.",
    ),
    "no_converter": _Message(
        "“{name}”是{found}，这台服务器没有安装读取它所需的 LibreOffice。",
        "请在 Word 或 WPS 中另存为 .docx 或 PDF 后重试。",
        "“{name}” is {found}; LibreOffice, which is needed to read it, is not installed on this server.",
        "Save it as .docx or PDF in Word or WPS and try again.",
    ),
    "not_converted": _Message(
        "“{name}”是{found}，没有能转换成可读取的格式：文件可能已损坏、设有密码或过大。",
        "请在 Word 或 WPS 中打开，另存为 .docx 或 PDF 后重试。",
        "“{name}” is {found} and could not be converted: it may be damaged, protected or too large.",
        "Open it in Word or WPS, save it as .docx or PDF and try again.",
    ),
    "old_word": _Message(
        "“{name}”是旧版 Word 文档（.doc）。",
        "请在 Word 或 WPS 中另存为 .docx 后重试。",
        "“{name}” is an old Word document (.doc).",
        "Save it as .docx in Word or WPS and try again.",
    ),
    "empty": _Message(
        "“{name}”里没有任何文字。",
        "请检查文件是否完整，或换一份有内容的文件。",
        "“{name}” contains no text at all.",
        "Check that the file is complete, or give one with content.",
    ),
    "no_text": _Message(
        "“{name}”共 {pages} 页，但没有可读取的文字，可能是扫描件。",
        "请先做文字识别（OCR），或提供带文字的 PDF、.docx 或 .txt。",
        "“{name}” has {pages} pages but no text that can be read; it may be a scan.",
        "Run text recognition (OCR) first, or give a PDF with text, a .docx or a .txt.",
    ),
    "encrypted": _Message(
        "“{name}”设了打开密码，无法读取。",
        "请取消密码后另存一份再试。",
        "“{name}” is protected by a password and cannot be read.",
        "Save a copy without the password and try again.",
    ),
    "damaged": _Message(
        "“{name}”已损坏或不完整，无法打开。",
        "请重新下载，或用原软件打开后另存一份再试。",
        "“{name}” is damaged or incomplete and cannot be opened.",
        "Download it again, or open it in its own program and save a copy.",
    ),
    "too_large": _Message(
        "“{name}”超过上限：{what}最多 {limit}。",
        "请只保留标准正文，拆分或压缩图片后重试。",
        "“{name}” exceeds a limit: {what} may be at most {limit}.",
        "Keep only the text of the standard, or split it, and try again.",
    ),
    "bomb": _Message(
        "“{name}”解压后超过 {limit} 字节，已停止读取。",
        "正常的文档不会这样大；请用原软件打开后另存一份再试。",
        "“{name}” unpacks to more than {limit} bytes; reading was stopped.",
        "An ordinary document is never that large; open it in its own program and save a copy.",
    ),
    "unsafe": _Message(
        "“{name}”内含不允许的结构（{what}），已拒绝读取。",
        "请用 Word 或 WPS 打开后另存一份再试。",
        "“{name}” holds a structure that is not allowed ({what}); it was refused.",
        "Open it in Word or WPS, save a copy and try again.",
    ),
    "unknown_encoding": _Message(
        "认不出“{name}”的文字编码。",
        "请用记事本另存为 UTF-8 编码后重试。",
        "The text encoding of “{name}” was not recognised.",
        "Save the file as UTF-8 and try again.",
    ),
    "not_a_standard": _Message(
        "“{name}”不像评价标准：应有至少 2 个带条目的评价类目（如 5.2 下设 5.2.2），实际找到编号条款 {clauses} 条、"
        "a) b) 要点 {letters} 条、评价类目 {categories} 个。",
        "请确认选的是评定标准正文；若是通知或方案，请改用项目导入。",
        "“{name}” does not look like an assessment standard: at least 2 categories with items were expected (such as "
        "5.2 with 5.2.2 below it); found were {clauses} numbered clauses, {letters} lettered points and {categories} "
        "categories.",
        "Check that it is the text of a standard; a notice or plan is imported as a programme instead.",
    ),
}


class IntakeError(ValueError):
    """A document that cannot be taken in.

    `code` is a key of MESSAGES; `params` fill its sentence. `name` is always among the parameters.
    """

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{self.sentence()}{self.remedy()}")

    def sentence(self, language: str = "zh") -> str:
        message = MESSAGES[self.code]
        if language != "en":
            return message.sentence.format(**self.params)
        english = {name: value.en if isinstance(value, Words) else value for name, value in self.params.items()}
        return message.sentence_en.format(**english)

    def remedy(self, language: str = "zh") -> str:
        message = MESSAGES[self.code]
        return message.remedy_en if language == "en" else message.remedy
