"""Long work in the background, with progress, cancel, retry and a schedule."""

from zhuoyue.kernel.jobs import upkeep
from zhuoyue.kernel.jobs.models import Job, JobState
from zhuoyue.kernel.jobs.registry import UnknownJobError, every, job
from zhuoyue.kernel.jobs.running import CancelledError, JobFailedError, Progress, cancel, reap, start
from zhuoyue.kernel.jobs.worker import run_waiting, run_worker

__all__ = [
    "CancelledError",
    "Job",
    "JobFailedError",
    "JobState",
    "Progress",
    "UnknownJobError",
    "cancel",
    "every",
    "job",
    "reap",
    "run_waiting",
    "run_worker",
    "start",
    "upkeep",
]
