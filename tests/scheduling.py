"""Which tests a worker takes together: what a file loads, it loads once."""

from xdist.scheduler import LoadScopeScheduling

#: Files that look at one site; building it takes longer than most files.
SITE = ("tests/warehouse/site/", "tests/checks/test_data_docs.py")


class ByFile(LoadScopeScheduling):
    """A file's tests go to one worker, those of the site to one as well.

    Groups named by marks, xdist's own way, are passed over with pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(SITE):
            return "site"
        return nodeid.partition("::")[0]
