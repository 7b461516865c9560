"""What an operator types."""

import json
import socket
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from factories import body, pack_text, person
from zhuoyue.config.demo.cast import SIGN_INS
from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.programmes.models import Cycle, RulesVersion
from zhuoyue.kernel import clock
from zhuoyue.kernel.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
STANDARD = """示例质量奖评定标准
0.2 核心价值理念
0.2.1 系统的视野
把组织看作一个整体。
3 术语和定义
3.1
韧性 resilience
从冲击中恢复的能力。
5 评价要求
5.1 组织环境
说明组织的环境。
a)概况:规模与产品。
b)竞争:对手与机会。
5.2 领导作用
5.2.1 概述
本条目评价领导。
5.2.2 引领发展
高层领导引领组织。
a)方向:确定使命。
b)文化:形成文化。
5.2.3 领导作用的结果
可包括员工满意度、顾客满意度等指标的结果。
5.3 战略发展
5.3.1 概述
本条目评价战略。
5.3.2 战略制定
组织制定战略。
a)分析:分析环境。
b)目标:明确目标。
5.3.3 战略发展的结果
可包括市场占有率、新产品占比等指标的结果。
"""


def run(*words, **options):
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


class TestStandard:
    @pytest.fixture
    def file(self, tmp_path):
        path = tmp_path / "standard.txt"
        path.write_text(STANDARD, encoding="utf-8")
        return path

    def test_a_document_becomes_a_draft_and_a_tree(self, file):
        found = json.loads(run("standard", "import", str(file), "--json"))
        assert found["counts"]["process_items"] == 2
        assert found["counts"]["process_aspects"] == 4
        assert Edition.objects.get(key=found["edition"]).state == "draft"

    def test_it_says_in_words_what_it_found(self, file):
        assert "values: 1" in run("standard", "import", str(file))

    def test_reading_alone_stores_nothing(self, file):
        run("standard", "import", str(file), "--dry-run")
        assert not Edition.objects.exists()

    def test_what_is_no_standard_is_refused_with_advice(self, tmp_path):
        path = tmp_path / "letter.txt"
        path.write_text("各会员单位：请于月底前报名。\n", encoding="utf-8")
        with pytest.raises(CommandError, match="请"):
            run("standard", "import", str(path))

    def test_the_published_standard_is_read_whole(self, seeds):
        found = json.loads(run("standard", "import", str(seeds / "004_dff077f216a33fab.txt"), "--json", "--dry-run"))
        assert found["counts"] == {
            "values": 9,
            "terms": 11,
            "notes": 5,
            "context_aspects": 4,
            "categories": 6,
            "process_items": 12,
            "process_aspects": 48,
            "results_items": 6,
        }


class TestPack:
    @pytest.fixture
    def file(self, tmp_path):
        path = tmp_path / "saq-award-2021.yaml"
        path.write_text(pack_text(), encoding="utf-8")
        return path

    def test_a_good_pack_has_nothing_to_mend(self, file):
        told = run("pack", "check", str(file))
        assert "没有发现问题" in told
        assert "ladder（批准）" in told, "what people see to is told, and is no fault"

    def test_a_broken_one_is_told_with_file_and_line(self, file):
        file.write_text(file.read_text(encoding="utf-8").replace("cadence:", "cadenza:"), encoding="utf-8")
        with pytest.raises(CommandError):
            run("pack", "check", str(file))

    def test_what_is_loaded_comes_out_the_same(self, file):
        body("上海市质量协会")
        assert "规则第1版" in run("pack", "load", str(file), "--organiser", "上海市质量协会")
        assert run("pack", "export", "saq-award-2021") == pack_text()
        run("pack", "load", str(file), "--organiser", "上海市质量协会")
        assert RulesVersion.objects.count() == 1

    def test_an_unknown_organiser_or_programme_is_said(self, file):
        with pytest.raises(CommandError, match="没有名为"):
            run("pack", "load", str(file), "--organiser", "无此协会")
        with pytest.raises(CommandError, match="没有载入过"):
            run("pack", "export", "nothing")

    def test_a_broken_pack_is_not_loaded(self, file):
        file.write_text("format: 1\n", encoding="utf-8")
        with pytest.raises(CommandError):
            run("pack", "load", str(file), "--organiser", "上海市质量协会")

    def test_two_packs_are_compared_in_words(self, file, tmp_path):
        other = tmp_path / "new.yaml"
        other.write_text(pack_text().replace("every_years: 2", "every_years: 3"), encoding="utf-8")
        assert "every_years" in run("pack", "diff", str(file), str(other))
        assert "没有差别" in run("pack", "diff", str(file), str(file))
        other.write_text("format: 1\n", encoding="utf-8")
        with pytest.raises(CommandError):
            run("pack", "diff", str(file), str(other))


class TestAudit:
    def test_a_whole_record_is_confirmed_and_a_changed_one_is_not(self):
        body("协会")
        assert "审计记录完整" in run("audit", "verify")
        AuditEvent.objects.filter(pk=1).update(actor="accounts.person:other")
        with pytest.raises(CommandError, match="1处异常"):
            run("audit", "verify")


class TestDemo:
    def test_it_never_overwrites_what_is_there(self):
        person()
        with pytest.raises(CommandError, match="空的数据库"):
            run("demo", stage="registration")

    def test_it_opens_on_five_programmes_and_a_sign_in_for_each_role(self):
        run("demo", stage="registration")
        assert Cycle.objects.count() == 5
        assert Person.objects.filter(email__in=[email for _role, email in SIGN_INS]).count() == len(SIGN_INS)
        assert clock.today().year == 2021
        assert "审计记录完整" in run("audit", "verify")

    def test_it_can_play_the_whole_cycle(self):
        run("demo", stage="awarded")
        cycle = Cycle.objects.get(slug="saq-award-2021")
        assert cycle.awards.count() > 0
        assert all(award.certificate.code for award in cycle.awards.select_related("certificate"))
        assert "审计记录完整" in run("audit", "verify")


class TestOffice:
    def found(self, name="新协会", email="first@example.org", **more):
        return run("office", "found", name=name, secretary="首任", email=email, **more)

    def test_the_documented_first_use_can_be_walked(self, client):
        said = self.found(level="province")
        link = said.splitlines()[-1].removeprefix("http://127.0.0.1:8000")
        assert client.get("/office/").status_code == 302
        password = "the first one comes in"
        assert client.post(link, {"password": password, "again": password})["Location"] == "/office/"
        assert "首任" in client.get("/office/settings/people/").content.decode()

    def test_what_stands_is_told_and_nothing_is_done(self):
        self.found()
        with pytest.raises(CommandError, match="已有秘书处工作人员"):
            self.found(email="second@example.org")
        with pytest.raises(CommandError, match="没有名为“无此协会”"):
            self.found(name="下级协会", email="third@example.org", parent="无此协会")
        with pytest.raises(CommandError, match="--known"):
            self.found(name="第二协会")
        assert "第二协会" in self.found(name="第二协会", known=True, parent="新协会")

    def test_who_runs_the_house_reads_a_letter_to_pass_it_on_which_is_recorded(self, settings):
        self.found()
        self.found(name="另一协会", email="other@example.org")
        said = run("office", "letter", email="First@example.org")
        assert "/account/first/" in said
        assert "other@example.org" not in said
        event = AuditEvent.objects.get(verb="programmes.letter_read_by_operator")
        assert (event.actor, event.data) == ("", {"to": "first@example.org"})
        settings.EMAIL_HOST = "mail.example"
        with pytest.raises(CommandError, match="没有等待转交"):
            run("office", "letter", email="first@example.org")


class TestChangelog:
    def test_fragments_become_a_release(self, tmp_path: Path):
        (tmp_path / "changes").mkdir()
        (tmp_path / "changes" / "a.added.md").write_text("新功能\n", encoding="utf-8")
        (tmp_path / "CHANGELOG.md").write_text("# Changes\nBuilt.\n\n## 0.1\n- old\n", encoding="utf-8")
        run("changelog", "0.2", root=tmp_path)
        text = (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8")
        assert text.index("## 0.2") < text.index("- 新功能") < text.index("## 0.1")
        assert not list((tmp_path / "changes").iterdir())
        with pytest.raises(CommandError):
            run("changelog", "0.3", root=tmp_path)


class TestStart:
    def test_a_port_that_somebody_else_serves_is_refused_with_advice(self, monkeypatch):
        prepared = []
        monkeypatch.setattr("zhuoyue.config.management.commands.start.prepare_database", lambda: prepared.append(1))
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as the server itself asks
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            with pytest.raises(CommandError, match=f"--port {port + 1}"):
                run("start", port=port)
        assert not prepared
