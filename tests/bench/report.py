"""One table, and what was asked beside what was measured."""

import argparse

from tests.bench.walk import Figure, Figures

HEAD = f"{'page':<34}{'req/s':>8}{'median ms':>11}{'p99 ms':>9}{'CPU ms':>8}{'queries':>9}{'writes':>8}{'bytes':>9}"
#: page → most queries it may take
ASKED_QUERIES = {
    "article, 20 comments, uncached": 12,
    "home, uncached": 12,
    "articles, uncached": 12,
    "feed, uncached": 6,
    "search": 10,
}


def line(name: str, figure: Figure) -> str:
    load = figure.load
    failed = f"  {load.failures} FAILED" if load.failures else ""
    return (
        f"{name:<34}{load.per_second:>8.0f}{load.median_ms:>11.1f}{load.p99_ms:>9.1f}{figure.cpu_ms:>8.2f}"
        f"{figure.queries:>9}{figure.writes:>8}{load.bytes:>9}{failed}"
    )


def show(figures: Figures, options: argparse.Namespace) -> None:
    print(
        f"\n{options.allies} allies, {options.articles} articles, "
        f"{options.comments} comments, {options.actions} actions; "
        f"{options.clients} clients for {options.seconds:g} s a page, one worker process with 4 threads\n"
    )
    print(HEAD)
    for figure in figures.pages:
        print(line(figure.page.name, figure))
    for name, load in (
        ("bare view, the same (gzip) bytes", figures.bare_same_bytes),
        ("bare view, plain bytes", figures.bare_plain),
    ):
        print(
            f"{name:<34}{load.per_second:>8.0f}{load.median_ms:>11.1f}{load.p99_ms:>9.1f}{'':>8}{0:>9}{0:>8}{load.bytes:>9}"
        )
    print(
        f"\nmemory (PSS, one worker and the master) {figures.pss_mb:.0f} MB · cold start {figures.cold_start_s:.1f} s\n"
    )
    asked(figures)


def asked(figures: Figures) -> None:
    found = {figure.page.name: figure for figure in figures.pages}
    for name, most in ASKED_QUERIES.items():
        verdict(f"{name}: queries", f"≤ {most}", str(found[name].queries), found[name].queries <= most)
    verdict("search: writes", "0", str(found["search"].writes), found["search"].writes == 0)
    share = figures.cached_article.per_second / figures.bare_same_bytes.per_second
    verdict("page-cache hit beside the bare view", "≥ 75 %", f"{share:.0%}", share >= 0.75)
    for name in ("article, 20 comments", "article, 20 comments, uncached", "Today, signed in"):
        ratio = found[name].load.p99_ms / found[name].load.median_ms
        verdict(f"{name}: p99 beside the median", "≤ 2×", f"{ratio:.1f}×", ratio <= 2)


def verdict(what: str, asked_for: str, measured: str, reached: bool) -> None:
    print(f"{'ok ' if reached else 'NOT'} {what}: asked {asked_for}, measured {measured}")
