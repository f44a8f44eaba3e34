"""How the IR is spelled in Python, a file for each output file or part of one."""
