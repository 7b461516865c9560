from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhuoyue.config.database import prepare_database
from zhuoyue.domain.accounts.actions import KnownPersonError
from zhuoyue.domain.accounts.links import DAYS_VALID, way_to
from zhuoyue.domain.orgs.actions import OfficeStandsError, found_office
from zhuoyue.domain.orgs.enums import BodyLevel, OrganisationKind
from zhuoyue.domain.orgs.queries import body_called
from zhuoyue.domain.programmes.actions import read_for_hands
from zhuoyue.domain.programmes.queries import letters_for_hands
from zhuoyue.kernel import links


class Command(BaseCommand):
    help = "Found a body that organises awards, and name its first secretary."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        founding = verbs.add_parser("found", help="found a body and print the way in for its first secretary")
        founding.add_argument("--name", required=True, help="full name of the body")
        founding.add_argument("--level", choices=BodyLevel.values, default=BodyLevel.CITY.value)
        founding.add_argument("--kind", choices=OrganisationKind.values, default=OrganisationKind.ASSOCIATION.value)
        founding.add_argument("--parent", default="", help="full name of the body above it")
        founding.add_argument("--secretary", required=True, help="name of the first secretary")
        founding.add_argument("--email", required=True)
        founding.add_argument("--known", action="store_true", help="the account at that address is the person meant")

        letter = verbs.add_parser("letter", help="print the newest letter to somebody that does not leave by itself")
        letter.add_argument("--email", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        prepare_database()
        if options["verb"] == "letter":
            self.read_letter(options["email"])
        else:
            self.found(options)

    def read_letter(self, email: str) -> None:
        """For an installation without a mail server: whoever runs it passes the letter on. The record says so."""
        letter = letters_for_hands(email).filter(to__iexact=email).first()
        if letter is None:
            raise CommandError(f"没有等待转交给{email}的信件")
        read_for_hands(by=None, letter=letter)
        self.stdout.write(f"{letter.to}\n{letter.subject}\n\n{letter.text}")
        self.stdout.write("请转交收件人本人。查看已记入操作记录。")

    def found(self, options: dict[str, Any]) -> None:
        parent = body_called(options["parent"]) if options["parent"] else None
        if options["parent"] and parent is None:
            raise CommandError(f"没有名为“{options['parent']}”的组织机构，请先设立")
        try:
            member = found_office(
                by=None,
                name=options["name"],
                level=BodyLevel(options["level"]),
                kind=OrganisationKind(options["kind"]),
                parent=parent,
                secretary=options["secretary"],
                email=options["email"],
                known=options["known"],
            )
        except KnownPersonError as error:
            raise CommandError(f"{error}（确认后加 --known）") from error
        except OfficeStandsError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"已设立{options['name']}，第一位秘书处工作人员：{member.person.name}")
        self.stdout.write(f"信件已放入发件箱。也可以把下面的链接交给本人（{DAYS_VALID}天内有效，只能用一次）：")
        self.stdout.write(way_to(member.person, links.to("office")))
