from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from zhuoyue.kernel.flow import MoveError


def carried_out(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do it and say so, or say in words why the thing is no longer where this can be done."""
    try:
        act()
    except MoveError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True
