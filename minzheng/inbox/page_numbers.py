"""Whether the page numbers printed on a paper add up: none missing, none twice, in order."""

from collections.abc import Iterator, Sequence

from minzheng.inbox.papers import NumberedPage, Remark


def check_numbers(pages: Sequence[NumberedPage]) -> tuple[Remark, ...]:
    """What does not add up on the pages with our code, in their present order."""
    unknown = [page.label for page in pages if page.page_no is None]
    if unknown:
        return (Remark(f"{'、'.join(unknown)}印的页码看不清，请核对是否齐全、先后是否对"),)
    return tuple(_find_faults(pages))


def _find_faults(pages: Sequence[NumberedPage]) -> Iterator[Remark]:
    numbers = [page.page_no or 0 for page in pages]
    count = max((page.page_count or 0 for page in pages), default=0)
    missing = sorted({*range(1, count + 1)} - {*numbers})
    if missing:
        yield Remark(f"缺{_say(missing)}（共 {count} 页）")
    for number in sorted({one for one in numbers if numbers.count(one) > 1}):
        same = [page.label for page in pages if page.page_no == number]
        yield Remark(f"印着第 {number} 页的有 {len(same)} 张（{'、'.join(same)}），请去掉重复的")
    if numbers != sorted(numbers):
        yield Remark(f"页的先后不对：现在依次是{_say(numbers)}")


def _say(numbers: Sequence[int]) -> str:
    return f"第 {'、'.join(map(str, numbers))} 页"
