"""What can be wrong with a file, in words: what it is, and what to do about it."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

SENTENCES = {
    "empty": _("“%(name)s”是空文件（0字节）。请检查原文件后重新上传。"),
    "too_large": _("“%(name)s”超过了%(most)s的上限。请压缩图片或拆分后重新上传。"),
    "unknown": _("“%(name)s”不是能识别的文件。这里接收：%(accepted)s。"),
    "not_accepted": _("“%(name)s”是%(kind)s，这里只接收：%(accepted)s。请转换格式后重新上传。"),
    "lying": _("“%(name)s”的扩展名是%(extension)s，内容却是%(kind)s。请用正确的扩展名保存后重新上传。"),
    "old_office": _("“%(name)s”是旧版Office文件（.doc、.xls、.ppt）。请另存为.docx、.xlsx或PDF后重新上传。"),
    "encrypted": _("“%(name)s”设有密码，无法查阅。请去掉密码后重新上传。"),
    "broken": _("“%(name)s”已损坏或不完整，无法打开。请在电脑上打开确认，重新保存后再上传。"),
    "macros": _("“%(name)s”含有宏。请另存为不含宏的格式（.docx、.xlsx或PDF）后重新上传。"),
    "foreign": _("“%(name)s”是%(kind)s，这里不接收。请在原软件中另存为以下格式之一，再重新上传：%(accepted)s。"),
    "calls_out": _(
        "打开“%(name)s”时，会从别处读取内容（%(found)s）。请断开文件中的外部链接（模板、图片、数据），或另存为PDF后重新上传。"
    ),
    "dde": _("“%(name)s”含有能启动其他程序的域（DDE）。请删除这个域，或另存为PDF后重新上传。"),
    "embedded": _("“%(name)s”里面嵌有别的文件（%(found)s）。请删去嵌入的文件，把它单独上传。"),
    "entities": _("“%(name)s”含有办公软件不会写入的内容（XML实体声明）。请用Word或Excel打开，另存后重新上传。"),
    "runs": _("“%(name)s”打开后会自行运行内容（%(found)s）。请用“打印”功能另存为PDF后重新上传。"),
    "two_in_one": _("“%(name)s”后面还接着别的文件（%(found)s）。请打开原件，另存后重新上传。"),
    "hollow": _("“%(name)s”里没有文件。请重新打包后上传。"),
    "too_many_entries": _("“%(name)s”里的文件超过%(most)s个。请分成几个压缩包上传。"),
    "unpacks_too_large": _("“%(name)s”解压后过大。请去掉不需要的内容，分成几个文件上传。"),
    "unsafe_path": _("“%(name)s”里有指向压缩包之外的文件（%(entry)s）。请重新打包后上传。"),
    "nested": _("“%(name)s”里还有压缩包（%(entry)s）。请解开后把文件直接放进一个压缩包。"),
    "packing": _("“%(name)s”用了不支持的压缩方式。请用系统自带的“压缩为ZIP”重新打包。"),
    "too_many_pixels": _("“%(name)s”的尺寸是%(width)s×%(height)s像素，过大。请缩小后重新上传。"),
}


class FileRefusedError(Exception):
    """The file cannot be kept. `code` is a key of SENTENCES; `str()` is the sentence in the language of the page."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return gettext(SENTENCES[self.code]) % self.params


class Flaw(Exception):  # noqa: N818 - not yet an error for people: it lacks the file's name
    """Found inside a file by a reader that does not know the name it came under."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
