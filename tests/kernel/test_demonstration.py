from zhuoyue.kernel import demonstration


def test_letters_are_shown_only_in_a_marked_folder_without_a_mail_server(settings, tmp_path):
    settings.DEMONSTRATION_FILE = tmp_path / "demonstration"
    settings.EMAIL_HOST = ""
    assert not demonstration.shows_letters()
    demonstration.mark()
    assert demonstration.shows_letters()
    settings.EMAIL_HOST = "mail.example.org"
    assert not demonstration.shows_letters()
