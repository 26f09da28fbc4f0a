from mien.utils import fonts


def test_a_font_s_file_is_loaded_once_however_many_words_need_it() -> None:
    before = fonts._loaded.cache_info().misses
    for words in ("\u6771", "\u6771\u4eac", "\u6771\u4eac\u90fd"):
        fonts.font_for(words)
    assert fonts._loaded.cache_info().misses - before <= len(fonts._paths())
