"""The command line. Each command imports what it needs when it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from flows.errors import UserError
from flows.output import Format

if TYPE_CHECKING:
    from flows.terminal import Talk

EXIT_BLOCKED, EXIT_USAGE, EXIT_BUSY = 1, 2, 3

app = typer.Typer(
    name="qoima",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"max_content_width": 100},
    pretty_exceptions_enable=False,
    help="Qoima: a warehouse of Kazakh-language news that answers SQL.",
)
quarantine_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Rejected inputs: list, show, replay, dismiss.",
)
app.add_typer(quarantine_app, name="quarantine")

DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="Data folder (default: the setting data, ./data)."),
]
FormatOption = Annotated[
    Format, typer.Option("--format", help="table, csv, json, parquet or xlsx.")
]
AcceptOption = Annotated[
    list[str] | None,
    typer.Option("--accept", help="Let a load in although this rule fails."),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print the summary as one line of JSON.")
]
VerboseOption = Annotated[
    bool,
    typer.Option("--verbose", "-v", help="A line a step on stderr, in a pipe too."),
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="Nothing on stderr but errors.")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="Write to this file instead.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option(help="The state that this load has left (a lake keeps those)."),
]


@app.command(
    epilog="Example: qoima run seeds/articles --data data",
)
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Folders or files to read instead."),
    ] = None,
    data: DataOption = None,
    accept: AcceptOption = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do all the work, keep nothing.")
    ] = False,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Pick up what is new, load it and publish the reports."""
    from flows.commands.run import run_command

    raise typer.Exit(
        run_command(
            paths or [],
            data,
            accept or [],
            is_dry_run=dry_run,
            as_json=as_json,
            talk=_talk(is_verbose=verbose, is_quiet=quiet),
        )
    )


@app.command(epilog="Example: qoima backfill ~/archive --from 2015-01-01")
def backfill(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="Folders, archives or dumps to load."),
    ],
    data: DataOption = None,
    first: Annotated[
        str | None,
        typer.Option("--from", help="Only inputs of this day on, YYYY-MM-DD."),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option("--to", help="Only inputs up to this day, YYYY-MM-DD."),
    ] = None,
    accept: AcceptOption = None,
    batch_size: Annotated[
        int, typer.Option(min=1, help="Articles in one load, about: memory goes by it.")
    ] = 2000,
    publish_every: Annotated[
        int, typer.Option(min=1, help="Loads after which readers see what there is.")
    ] = 50,
    *,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Load an archive of years, the oldest first; started again, it goes on."""
    from flows.commands.backfill import backfill_command

    raise typer.Exit(
        backfill_command(
            paths,
            data,
            first,
            last,
            accept or [],
            batch_size=batch_size,
            publish_every=publish_every,
            as_json=as_json,
            talk=_talk(is_verbose=verbose, is_quiet=quiet),
        )
    )


@app.command(epilog='Example: qoima up --detach --cron "*/5 * * * *"')
def up(
    data: DataOption = None,
    cron: Annotated[
        str | None,
        typer.Option(help="When to make a pass (default: the setting schedule_cron)."),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Port (default: 4200, or a free one)."),
    ] = None,
    *,
    detach: Annotated[
        bool, typer.Option("--detach", help="Go on in the background.")
    ] = False,
) -> None:
    """Start the Prefect server and the schedule on this machine; Ctrl-C stops both."""
    from flows.commands.serve import up_command

    raise typer.Exit(up_command(data, cron, port, is_detached=detach))


@app.command(epilog="Example: qoima down")
def down(data: DataOption = None) -> None:
    """Stop what `qoima up` started, in the foreground or in the background."""
    from flows.commands.serve import down_command

    raise typer.Exit(down_command(data))


@app.command(epilog="Example: qoima deploy --pool desk")
def deploy(
    pool: Annotated[
        str, typer.Option(help="A work pool of the server PREFECT_API_URL.")
    ],
    name: Annotated[str, typer.Option(help="Name of the deployment.")] = "schedule",
    cron: Annotated[
        str | None,
        typer.Option(help="When to make a pass (default: the setting schedule_cron)."),
    ] = None,
    data: DataOption = None,
    job_variable: Annotated[
        list[str] | None,
        typer.Option(
            "--job-variable",
            metavar="KEY=VALUE",
            help="For the pool's job template, such as image=… of a docker pool.",
        ),
    ] = None,
) -> None:
    """Schedule passes in a work pool of a Prefect server that you run yourself."""
    from flows.commands.deploy import deploy_command

    deploy_command(pool, name, cron, data, job_variable or [])


@app.command(epilog="Example: qoima status")
def status(
    data: DataOption = None,
    max_age: Annotated[
        float | None,
        typer.Option(min=0, help="With --json: hours after which a run is overdue."),
    ] = None,
    *,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="One line of JSON; exits with 1 if not healthy."),
    ] = False,
) -> None:
    """Show the last loads, the ledger, each outlet's freshness and what waits."""
    from flows.commands.status import status_command

    raise typer.Exit(status_command(data, as_json=as_json, max_age=max_age))


@app.command(epilog="Example: qoima report coverage_by_source --since 2025-11-01")
def report(
    name: Annotated[str | None, typer.Argument(help="The report.")] = None,
    data: DataOption = None,
    since: Annotated[str | None, typer.Option(help="First day, YYYY-MM-DD.")] = None,
    until: Annotated[
        str | None,
        typer.Option(help="Last day (default: the newest published_date)."),
    ] = None,
    source: Annotated[str | None, typer.Option(help="Only this outlet.")] = None,
    country: Annotated[str | None, typer.Option(help="Only this country.")] = None,
    person: Annotated[str | None, typer.Option(help="Only this person.")] = None,
    topic: Annotated[str | None, typer.Option(help="Only this topic.")] = None,
    as_of: AsOfOption = None,
    form: FormatOption = "table",
    out: OutOption = None,
) -> None:
    """Run a named report; without a name, list them."""
    from flows.commands.ask import report_command

    filters = {
        "since": since,
        "until": until,
        "source": source,
        "country": country,
        "person": person,
        "topic": topic,
    }
    report_command(name, data, filters, form, out, as_of=as_of)


@app.command(epilog='Example: qoima sql "select count(*) from fact_article"')
def sql(
    statement: Annotated[str, typer.Argument(help="One SQL statement.")],
    data: DataOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = "table",
    out: OutOption = None,
) -> None:
    """Ask the published warehouse in SQL, read-only."""
    from flows.commands.ask import sql_command

    sql_command(statement, data, form, out, as_of=as_of)


@app.command(epilog="Example: qoima move --data data")
def move(data: DataOption = None) -> None:
    """Copy the warehouse file of DATA into the lake of the settings, if it is empty."""
    from flows.commands.move import move_command

    move_command(data)


@app.command(epilog="Example: qoima site --data data")
def site(
    data: DataOption = None,
    *,
    in_browser: Annotated[
        bool, typer.Option("--open", help="Open it in the browser.")
    ] = False,
) -> None:
    """Build the report site in DATA/site: pages that open from disk, no network."""
    from flows.commands.site import site_command

    site_command(data, in_browser=in_browser)


@app.command(epilog='Example: qoima search "«су тапшылығы»" --since 2026-01-01')
def search(
    query: Annotated[
        str, typer.Argument(help="Words; those in «…» must stand side by side.")
    ],
    data: DataOption = None,
    limit: Annotated[
        int, typer.Option(min=1, max=10_000, help="Articles at most.")
    ] = 10,
    since: Annotated[str | None, typer.Option(help="First day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day, YYYY-MM-DD.")] = None,
    source: Annotated[str | None, typer.Option(help="Only this outlet.")] = None,
    entity: Annotated[
        str | None,
        typer.Option(help="Only articles that name this person, place or body."),
    ] = None,
    form: FormatOption = "table",
    out: OutOption = None,
) -> None:
    """Find articles by words in any of their forms, the best first."""
    from flows.commands.search import search_command

    filters = {"since": since, "until": until, "source": source, "entity": entity}
    search_command(query, data, filters, limit=limit, form=form, out=out)


@app.command(epilog="Example: qoima init my-desk")
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where (default: here).")
    ] = Path(),
) -> None:
    """Lay out a workspace: settings, a landing folder, reference tables to edit."""
    from flows.commands.init import init_command

    init_command(folder)


@app.command(epilog="Example: qoima reprocess --dry-run --since 2026-01-01")
def reprocess(
    data: DataOption = None,
    step: Annotated[
        str,
        typer.Option(help="Only articles that this step is behind on, such as names."),
    ] = "all",
    since: Annotated[
        str | None, typer.Option(help="Only articles from this day on, YYYY-MM-DD.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Only articles to this day, YYYY-MM-DD.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Only this outlet.")] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help="With --dry-run: figures shown of a report."),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(
            min=0, help="With --dry-run: read only so many articles; 0 only counts."
        ),
    ] = None,
    form: FormatOption = "table",
    out: OutOption = None,
    *,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Show which figures would change, and change nothing."
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Articles, too, that are up to date.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="One line of JSON on stdout.")
    ] = False,
) -> None:
    """Apply changed tables, rules or versions to what is loaded."""
    from flows.commands.reprocess import Asked, preview_command, reprocess_command

    asked = Asked(step, since, until, source, is_forced=force)
    if dry_run:
        code = preview_command(
            asked, data, form, out, limit=limit, sample=sample, as_json=as_json
        )
    else:
        code = reprocess_command(asked, data, as_json=as_json)
    raise typer.Exit(code)


@app.command(
    context_settings={"ignore_unknown_options": True},
    epilog='Example: qoima fix speaker https://baq.kz/news/1 120-180 --to "Асан Бек" '
    '--reason "he answers, not she"',
)
def fix(
    kind: Annotated[
        str,
        typer.Argument(help="speaker, entity, country, not_a_quote or not_a_mention."),
    ],
    article: Annotated[
        str, typer.Argument(help="Its article_id, its url, or outlet:own-id.")
    ],
    span: Annotated[
        str, typer.Argument(help="start_char-end_char of the quotation or mention.")
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    to: Annotated[
        str | None,
        typer.Option(help="Whom or what it is; without it nobody, or no country."),
    ] = None,
    data: DataOption = None,
    *,
    title: Annotated[
        bool, typer.Option("--title", help="The characters count in the title.")
    ] = False,
    everywhere: Annotated[
        bool,
        typer.Option(
            "--everywhere", help="All mentions in the article that named the same."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show the place.")
    ] = False,
) -> None:
    """Mend one extracted row: write it into seeds/fixes.csv and apply it at once."""
    from flows.commands.fix import fix_command

    raise typer.Exit(
        fix_command(
            kind,
            article,
            span,
            to,
            reason,
            data,
            in_title=title,
            everywhere=everywhere,
            is_dry_run=dry_run,
        )
    )


@app.command(epilog="Example: qoima checks --full")
def checks(
    data: DataOption = None,
    *,
    full: Annotated[
        bool, typer.Option("--full", help="Audit the whole warehouse now.")
    ] = False,
    docs: Annotated[
        bool,
        typer.Option(
            "--docs", help="Build Data Docs of Great Expectations, say where."
        ),
    ] = False,
    form: FormatOption = "table",
    out: OutOption = None,
) -> None:
    """Show the last load's data-quality results, or audit everything."""
    from flows.commands.checks import checks_command

    raise typer.Exit(checks_command(data, form, out, is_full=full, is_docs=docs))


IdsArgument = Annotated[
    list[int] | None, typer.Argument(metavar="[ID]...", help="Ids from the list.")
]
PathOption = Annotated[
    str | None,
    typer.Option(metavar="PATTERN", help="All of paths like 'baq.kz/*'."),
]
ByOption = Annotated[
    str | None, typer.Option("--by", help="Who does it, to be kept with it.")
]


@quarantine_app.command(
    "list", epilog="Example: qoima quarantine list --reason broken_json"
)
def quarantine_list(
    data: DataOption = None,
    reason: Annotated[
        str | None, typer.Option(help="Each rejection of this reason or rule.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1, help="Rejections of the reason at most (default: 100 in a table)."
        ),
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    form: FormatOption = "table",
    out: OutOption = None,
) -> None:
    """Count rejected files and records by reason, with an example and what to do."""
    from flows.commands.quarantine import list_command

    list_command(data, form, out, reason=reason, limit=limit, every=every)


@quarantine_app.command("show", epilog="Example: qoima quarantine show 1234567890")
def quarantine_show(
    rejection_id: Annotated[int, typer.Argument(help="Id from the list.")],
    data: DataOption = None,
) -> None:
    """Show one rejection: reason, remedy, and its bytes with what is wrong marked."""
    from flows.commands.quarantine import show_command

    show_command(rejection_id, data)


@quarantine_app.command(
    "replay", epilog="Example: qoima quarantine replay --reason no_text"
)
def quarantine_replay(
    ids: IdsArgument = None,
    data: DataOption = None,
    reason: Annotated[
        str | None, typer.Option(help="All of this reason or rule.")
    ] = None,
    path: PathOption = None,
    by: ByOption = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="All that are open.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the summary as one line of JSON.")
    ] = False,
) -> None:
    """Read rejected inputs again, from the raw zone, the way new files go."""
    from flows.commands.quarantine import replay_command
    from flows.rejections import Choice

    choice = Choice(ids or [], reason, path, every)
    raise typer.Exit(replay_command(choice, data, by=by, as_json=as_json))


@quarantine_app.command(
    "dismiss", epilog='Example: qoima quarantine dismiss 1234567890 --reason "advert"'
)
def quarantine_dismiss(
    reason: Annotated[str, typer.Option("--reason", help="Why it can be let go.")],
    ids: IdsArgument = None,
    data: DataOption = None,
    rejected_for: Annotated[
        str | None,
        typer.Option("--of", metavar="REASON", help="All of this reason or rule."),
    ] = None,
    path: PathOption = None,
    by: ByOption = None,
) -> None:
    """Close rejections without loading them."""
    from flows.commands.quarantine import dismiss_command
    from flows.rejections import Choice

    dismiss_command(Choice(ids or [], rejected_for, path), reason, data, by=by)


@app.command(
    epilog='Example: qoima forget https://baq.kz/news/1 --reason "court order 12-3"'
)
def forget(
    article: Annotated[str, typer.Argument(help="Its article_id or url.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, for the audit row.")],
    data: DataOption = None,
) -> None:
    """Remove an article from warehouse, raw zone and reports, and keep it out."""
    from flows.commands.forget import forget_command

    forget_command(article, reason, data)


@app.command(epilog="Example: qoima tidy --dry-run")
def tidy(
    data: DataOption = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would go, and how much.")
    ] = False,
) -> None:
    """Let go what the settings keep_… do not keep; runs do so once a day."""
    from flows.commands.tidy import tidy_command

    tidy_command(data, is_dry_run=dry_run)


@app.command(epilog="Example: qoima doctor --json")
def doctor(
    data: DataOption = None,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the findings as JSON.")
    ] = False,
) -> None:
    """Look for trouble, and say what to do; changes nothing, needs no network."""
    from flows.commands.doctor import doctor_command

    raise typer.Exit(doctor_command(data, as_json=as_json))


@app.command(epilog="Example: qoima backup /mnt/disk/qoima")
def backup(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER|FILE.tar",
            help="Where (default: the folder backup, beside the data folder).",
        ),
    ] = None,
    data: DataOption = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Only verify the backup that is there.")
    ] = False,
) -> None:
    """Copy warehouse, raw zone, reference tables and settings, with their hashes."""
    from flows.commands.backup import backup_command

    raise typer.Exit(backup_command(folder, data, is_check=check))


@app.command(epilog="Example: qoima restore /mnt/disk/qoima --replace")
def restore(
    folder: Annotated[
        Path, typer.Argument(metavar="BACKUP", help="Its folder or file.")
    ],
    data: DataOption = None,
    *,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Put a warehouse that is there aside."),
    ] = False,
) -> None:
    """Bring a backup back, and prove that it is what was backed up.

    Without --data, settings and reference tables come back as well, where there are
    none.
    """
    from flows.commands.backup import restore_command

    raise typer.Exit(restore_command(folder, data, is_replacing=replace))


@app.command(epilog="Example: qoima export parquet")
def export(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Where to (default: export in the data)."),
    ] = None,
    data: DataOption = None,
    form: Annotated[  # noqa: ARG001 - the only one
        Literal["parquet"], typer.Option("--format", help="Only parquet so far.")
    ] = "parquet",
) -> None:
    """Write the star schema for other tools: files by month, changed ones only."""
    from flows.commands.export import export_command

    export_command(folder, data)


@app.command(epilog="Example: qoima dictionary --data data --out dictionary.md")
def dictionary(
    data: Annotated[
        Path | None,
        typer.Option("--data", help="Take examples from this data folder instead."),
    ] = None,
    out: OutOption = None,
) -> None:
    """Print every table and column with its meaning, an example and its reports."""
    from flows.commands.dictionary import dictionary_command

    dictionary_command(data, out)


def _talk(*, is_verbose: bool, is_quiet: bool) -> Talk:
    if is_verbose and is_quiet:
        message = "--verbose and --quiet: give one of them."
        raise UserError(message)
    return "verbose" if is_verbose else "quiet" if is_quiet else "auto"


def _negative_ids(arguments: list[str]) -> list[str]:
    """Let negative ids pass for values: half of all keys are negative."""
    ids = [word for word in arguments if word[:1] == "-" and word[1:].isdigit()]
    rest = [word for word in arguments if word not in ids]
    return [*rest, "--", *ids] if ids else arguments


def main() -> NoReturn:
    """Run the command line; what a user got wrong is one line and exit code 2."""
    from warehouse.catalog import WarehouseError
    from warehouse.lock import WarehouseBusyError

    command = typer.main.get_command(app)
    arguments = sys.argv[1:]
    if arguments[:1] in (["quarantine"], ["forget"]):
        arguments = _negative_ids(arguments)
    try:
        code = command.main(args=arguments, prog_name="qoima", standalone_mode=False)
    except WarehouseBusyError as error:
        code = _say(str(error), EXIT_BUSY)
    except WarehouseError as error:
        code = _say(str(error), EXIT_USAGE)
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
        code = 0
    except KeyboardInterrupt:
        code = _say("interrupted; the next run goes on from here.", 130)
    except Exception as error:  # noqa: BLE001 - raised again if it is not the user's
        code = _explain(error)
    sys.exit(code if isinstance(code, int) else 0)


def _explain(error: Exception) -> int:
    """Users' errors in one line; anything else is ours and keeps its traceback."""
    from warehouse.damage import explain_damage, is_damage
    from warehouse.query import UnknownReportError

    if type(error).__name__ == "NoArgsIsHelpError":  # only `qoima`: show the help
        typer.echo(str(error))
        return EXIT_USAGE
    format_message = getattr(error, "format_message", None)
    if format_message is not None:  # a wrong option or argument
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "qoima"
        line = " ".join(format_message().split()).rstrip(".")
        return _say(f"{line}. See `{path} --help`.", EXIT_USAGE)
    if isinstance(error, UserError | UnknownReportError):
        return _say(str(error), EXIT_USAGE)
    if is_damage(error):
        return _say(explain_damage(None, error, is_published=True), EXIT_USAGE)
    if isinstance(error, OSError):  # a folder that is a file, no permission, no space
        place = f"{error.filename}: " if error.filename else ""
        return _say(f"{place}{error.strerror or error}.", EXIT_USAGE)
    raise error


def _say(message: str, code: int) -> int:
    typer.echo(f"qoima: {message}", err=True)
    return code


if __name__ == "__main__":
    main()
