#!/usr/bin/env python3
"""Prices a partitioned data set of jobs on Apache Spark: the `seedance` binary is a pipe over every partition.

    python3 batch.py JOBS --prices BOOK --out FOLDER [--edition NAME] [--seedance PATH] [--partitions N]

JOBS is NDJSON (a file, a folder or a pattern), one `{ "id": …, "request": …, "media": … }` a line. The answers go to FOLDER as
NDJSON, one line a job with its id, and the totals per currency to standard output. Every worker needs the binary and the book at
the same path; nothing else.
"""

import argparse
import shlex

from pyspark.sql import DataFrame, SparkSession, functions as F

# What this program reads of a quote: amounts stay text until they are summed as decimals, never as floats.
ANSWER = """
    id STRING, error STRING,
    quote STRUCT<kind: STRING, currency: STRING, amount: STRING, findings: ARRAY<STRUCT<rule: STRING>>>
"""
MONEY = "DECIMAL(38, 12)"


def answers(spark: SparkSession, jobs: str, prices: str, edition: str, seedance: str, partitions: int):
    """One answer of `seedance quote --ndjson` a job, as text; a partition's answers in its jobs' order."""
    quote = shlex.join([seedance, "quote", "--ndjson", "--quiet", "--edition", edition, "--prices", prices])
    # 1 means that some line was not priced, which is an answer; anything above stops the job.
    command = shlex.join(["sh", "-c", f"{quote}; test $? -le 1"])
    lines = spark.sparkContext.textFile(jobs, minPartitions=partitions)
    return lines.pipe(command, checkCode=True)


def totals(answers: DataFrame) -> DataFrame:
    """Jobs, priced jobs and the exact sum of their lower ends, per currency."""
    quote = answers.select(F.from_json("value", ANSWER).alias("answer")).select("answer.*")
    amount = F.col("quote.amount")
    # A range and an at-least have an object here, which text keeps as it came.
    least = F.coalesce(F.get_json_object(amount, "$.min"), amount)
    return (
        quote.groupBy(F.col("quote.currency").alias("currency"))
        .agg(
            F.count("*").alias("jobs"),
            F.count(amount).alias("priced"),
            F.sum(least.cast(MONEY)).alias("at_least"),
        )
        .orderBy("currency")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jobs")
    parser.add_argument("--prices", required=True)
    parser.add_argument("--out", required=True)
    # The binary's own default, said here so that no worker's environment has a say.
    parser.add_argument("--edition", default="2026-07")
    parser.add_argument("--seedance", default="seedance")
    parser.add_argument("--partitions", type=int, default=8)
    options = parser.parse_args()

    spark = SparkSession.builder.appName("seedance batch").getOrCreate()
    lines = answers(spark, options.jobs, options.prices, options.edition, options.seedance, options.partitions)
    lines.saveAsTextFile(options.out)
    for row in totals(spark.read.text(options.out)).collect():
        total = "nothing priced" if row.at_least is None else f"{row.at_least.normalize():f} {row.currency}"
        print(f"{row.priced} of {row.jobs} jobs priced, together at least {total}")
    spark.stop()


if __name__ == "__main__":
    main()
