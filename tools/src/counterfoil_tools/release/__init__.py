"""Build, number and publish the packages.

    packages   finds the packages, each after its dependencies
    build      builds wheels and source distributions twice, and compares them byte for byte
    changes    finds the changes since the last release
    bump       raises a version, and writes its changelog
    publish    uploads to an index; published files are never replaced
    rehearse   publishes to a temporary index, and runs the demo from it

The sessions of noxfile.py call `python -m counterfoil_tools.release COMMAND`.
"""
