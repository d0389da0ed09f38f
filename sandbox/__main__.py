"""python -m sandbox --port 8025"""

from sandbox.process import run
from sandbox.settings import from_command_line

if __name__ == "__main__":
    run(from_command_line())
