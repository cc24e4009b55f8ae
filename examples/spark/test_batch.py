#!/usr/bin/env python3
"""Spark's answers to a partitioned data set equal the single machine's. Started by `cargo xtask test`, which sets SEEDANCE."""

import collections
import decimal
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEEDANCE = os.environ.get("SEEDANCE", str(ROOT / "target/release/seedance"))
PRICES = str(ROOT / "examples/prices.json")
JOBS = 4_000


def jobs():
    """Every request of the case files with its media, over and over, under ids of their own."""
    cases = [case for path in sorted((ROOT / "tests/cases").glob("*.json")) for case in json.loads(path.read_text("utf-8"))["cases"]]
    usable = [case for case in cases if isinstance(case.get("request"), dict)]
    for number, case in zip(range(JOBS), itertools.cycle(usable)):
        yield {"id": f"job-{number}", "request": case["request"], "media": case.get("media")}


def answers(lines):
    """The answers as a multiset; `line` counts from the start of a partition, so it is left out."""
    parsed = [json.loads(line) for line in lines]
    return collections.Counter(json.dumps({k: v for k, v in answer.items() if k != "line"}, sort_keys=True) for answer in parsed)


def least(quote):
    amount = quote.get("amount")
    return decimal.Decimal(amount["min"] if isinstance(amount, dict) else amount or 0)


class Batch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.input = os.path.join(cls.folder.name, "jobs.ndjson")
        with open(cls.input, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(job, ensure_ascii=False) + "\n" for job in jobs())

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def spark(self, out, *more):
        command = [sys.executable, str(HERE / "batch.py"), self.input, "--out", out, "--seedance", SEEDANCE, "--partitions", "4", *more]
        submit = "--master local[2] --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=2 pyspark-shell"
        environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "PYSPARK_SUBMIT_ARGS": submit}
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    def test_equals_the_single_machine(self):
        self.equals_the_single_machine()

    def test_equals_the_single_machine_by_another_edition(self):
        self.equals_the_single_machine("--edition", "2026-09")

    def equals_the_single_machine(self, *edition):
        command = [SEEDANCE, "quote", self.input, "--ndjson", "--quiet", "--prices", PRICES, *edition]
        single = subprocess.run(command, capture_output=True, text=True)
        self.assertLessEqual(single.returncode, 1, single.stderr)
        expected = single.stdout.splitlines()
        self.assertEqual(len(expected), JOBS)

        out = os.path.join(self.folder.name, "-".join(["out", *edition]))
        ran = self.spark(out, "--prices", PRICES, *edition)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        parts = sorted(pathlib.Path(out).glob("part-*"))
        self.assertGreaterEqual(len(parts), 4)
        found = [line for part in parts for line in part.read_text("utf-8").splitlines()]
        self.assertEqual(answers(found), answers(expected))

        quotes = [answer["quote"] for answer in map(json.loads, expected) if "quote" in answer]
        priced = [quote for quote in quotes if "amount" in quote]
        total = sum(map(least, priced)).normalize()
        currency = quotes[0]["currency"]
        self.assertIn(f"{len(priced)} of {len(quotes)} jobs priced, together at least {total:f} {currency}\n", ran.stdout)
        print(f"measured: {JOBS} jobs on Spark, {len(priced)} priced, {total:f} {currency}: equal to the single machine's", file=sys.stderr)

    def test_a_bad_book_stops_the_job(self):
        book = os.path.join(self.folder.name, "book.json")
        pathlib.Path(book).write_text('{ "currency": "USD", "prices": { "seedance2.0-md": -1 } }')
        ran = self.spark(os.path.join(self.folder.name, "refused"), "--prices", book)
        self.assertNotEqual(ran.returncode, 0)
        self.assertIn("exit", (ran.stdout + ran.stderr).lower())


if __name__ == "__main__":
    unittest.main()
