"""Grades a SCIM endpoint with scimdrill: one test of pytest for each check.

SCIM_TARGET is the address of the endpoint, and SCIMDRILL_TOKEN its bearer token. The program
scimdrill must be on PATH. SCIMDRILL_EXPECT names a file of known findings.
"""

import os
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest


def run():
    """Runs all checks once, and returns the test cases of the JUnit report on stdout."""
    target = os.environ.get("SCIM_TARGET", "http://127.0.0.1:8080/scim")
    done = subprocess.run(
        ["scimdrill", "conform", "--target", target, "--junit", "-"],
        stdout=subprocess.PIPE,
    )
    if not done.stdout:  # wrong usage; stderr says what to do
        raise RuntimeError(f"scimdrill ended with exit code {done.returncode}")
    return list(ElementTree.fromstring(done.stdout).iter("testcase"))


@pytest.mark.parametrize("case", run(), ids=lambda case: case.get("name").split(" ")[0])
def test_scim(case):
    """Fails, or is skipped, as the check was."""
    for kind in ("failure", "error"):
        finding = case.find(kind)
        if finding is not None:
            pytest.fail(f"{case.get('name')}: {finding.get('message')}\n{finding.text}", pytrace=False)
    skipped = case.find("skipped")
    if skipped is not None:
        pytest.skip(skipped.get("message"))
