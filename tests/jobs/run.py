"""`python -m tests.jobs.run 'code'`: runs it in a process of its own, which may have another Redis."""

import sys

if __name__ == "__main__":
    exec(sys.argv[1])
