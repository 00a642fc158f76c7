import io
import os
import zipfile

import pytest

from tests.flows.workspace import article, record


def make_zip(members: dict[str, str | bytes], *, method=zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def rejections(workspace):
    return workspace.ask(
        "select path, reason_code from fact_rejection "
        "join fact_file using (file_id) order by path"
    )


def test_members_are_inputs_of_their_own(workspace):
    workspace.put(
        "news.zip",
        make_zip(
            {
                "a.txt": article("Су қоймасы ашылды"),
                "deep/b.jsonl": record(url="https://baq.kz/1") + "\n{broken",
                "deep/": b"",
                "c.xyz": b"x",
            }
        ),
    )
    summary = workspace.load()
    assert (summary.files_seen, summary.files_loaded) == (3, 2)
    assert summary.files_quarantined == 1
    assert workspace.ask("select path, status from fact_file order by path") == [
        ("news.zip::a.txt", "loaded"),
        ("news.zip::c.xyz", "quarantined"),
        ("news.zip::deep/b.jsonl", "loaded"),
    ]
    again = workspace.load()
    assert (again.files_seen, again.files_unchanged) == (1, 1)
    os.utime(workspace.landing / "news.zip", (1, 1))
    touched = workspace.load()
    assert (touched.files_seen, touched.files_unchanged) == (3, 3)


def test_an_archive_of_loaded_files_adds_nothing(workspace):
    workspace.put("a.txt", article("Су қоймасы ашылды"))
    workspace.load()
    workspace.put("a.zip", make_zip({"a.txt": article("Су қоймасы ашылды")}))
    assert workspace.load().files_duplicate == 1


def test_what_is_unsafe_in_an_archive_is_refused_by_member(workspace):
    inner = make_zip({"a.txt": article("Жаңа мектеп ашылды")})
    workspace.put(
        "odd.zip",
        make_zip(
            {
                "good.txt": article("Су қоймасы ашылды"),
                "../out.txt": article("Шығып кетті"),
                "/root.txt": article("Түбірде"),
                "C:\\windows.txt": article("Дискіде"),
                "inner.zip": inner,
                "big.txt": "а" * 3000,
            }
        ),
    )
    summary = workspace.load(max_file_size=5000)
    assert (summary.files_loaded, summary.files_quarantined) == (1, 5)
    assert rejections(workspace) == [
        ("odd.zip::../out.txt", "unsafe_name"),
        ("odd.zip::/root.txt", "unsafe_name"),
        ("odd.zip::C:\\\\windows.txt", "unsafe_name"),
        ("odd.zip::big.txt", "too_large"),
        ("odd.zip::inner.zip", "nested_archive"),
    ]


def test_an_encrypted_member_is_said_to_be(workspace):
    content = bytearray(make_zip({"a.txt": "x" * 50}, method=zipfile.ZIP_STORED))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    workspace.put("locked.zip", bytes(content))
    assert workspace.load().files_quarantined == 1
    assert rejections(workspace) == [("locked.zip::a.txt", "encrypted")]


def test_a_bomb_is_not_unpacked(workspace):
    workspace.put(
        "bomb.zip", make_zip({f"{n}.txt": b"\0" * 2_000_000 for n in range(3)})
    )
    assert workspace.load(max_unpacked_size=5_000_000).files_quarantined == 1
    assert rejections(workspace) == [("bomb.zip", "unpacks_too_large")]


@pytest.mark.parametrize("cut", [10, -30])
def test_a_cut_archive_is_refused_and_kept(workspace, cut):
    whole = make_zip({"a.txt": article("Су қоймасы ашылды")})
    workspace.put("cut.zip", whole[:cut])
    assert workspace.load().files_quarantined == 1
    ((path, reason),) = rejections(workspace)
    assert path == "cut.zip"
    assert reason in {"truncated", "broken_archive"}
    assert workspace.one("select raw_file is not null from fact_file")


def test_a_damaged_member_is_refused_and_the_rest_loads(workspace):
    content = bytearray(
        make_zip(
            {"a.txt": article("Су қоймасы ашылды"), "b.txt": article("Жаңа мектеп")},
            method=zipfile.ZIP_STORED,
        )
    )
    content[content.index("мектеп".encode()) + 1] ^= 0x20
    workspace.put("odd.zip", bytes(content))
    summary = workspace.load()
    assert (summary.files_loaded, summary.files_quarantined) == (1, 1)
    assert rejections(workspace) == [("odd.zip::b.txt", "broken_archive")]


def test_a_loaded_archive_leaves_the_landing_folder_if_so_set(workspace):
    workspace.put("a.zip", make_zip({"a.txt": article("Су қоймасы ашылды")}))
    workspace.put("b.zip", make_zip({"b.txt": b""}))
    workspace.load(landing_after="delete")
    assert [path.name for path in workspace.landing.iterdir()] == ["b.zip"]


def test_members_spread_over_several_loads(workspace):
    workspace.put(
        "many.zip",
        make_zip({f"{n}.txt": article(f"Су қоймасы {n} ашылды") for n in range(7)}),
    )
    summary = workspace.load(load_max_files=3)
    assert (len(summary.load_ids), summary.articles_loaded) == (3, 7)
