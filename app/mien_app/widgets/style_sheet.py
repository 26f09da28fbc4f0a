"""The style sheet over Qt's Fusion style."""

from collections.abc import Callable

from mien_app.widgets.schemes import BODY_PX, GAP, LABEL_PX, TOOLS, VALUE_PX, Theme


def style_sheet(t: Theme, px: Callable[[int], int]) -> str:
    """Write the style sheet.

    Args:
        t: the colours.
        px: makes a size of text larger, as the person has chosen.
    """
    # With high contrast windows and cards have one colour, in which a chosen row would not be seen.
    plain = t.window != t.card
    chosen, ink, focus = (t.window, t.text, t.accent) if plain else (t.accent, t.on_accent, t.on_accent)
    return f"""
        QToolTip {{ color: {t.text}; background: {t.card}; border: 1px solid {t.line}; padding: 4px; }}
        QMainWindow::separator {{ width: {GAP}px; height: {GAP}px; background: {t.window}; }}
        QDockWidget {{ color: {t.muted}; font-size: {px(LABEL_PX)}px; }}
        QDockWidget::title {{ padding: 6px 4px; background: {t.window}; }}
        QFileDialog QToolButton {{ background: {TOOLS}; border-color: {t.line}; padding: 3px; }}
        QFileDialog QToolButton:focus {{ padding: 2px; }}
        QFrame[role="card"] {{ background: {t.card}; border: 1px solid {t.line}; border-radius: 8px; }}
        QFrame[role="message"] {{ background: {t.warning}; border: 1px solid {t.muted}; border-radius: 8px; }}
        QFrame[kind="done"] {{ background: {t.good}; }}
        QFrame[kind="failed"] {{ background: {t.bad}; }}
        QFrame[kind="busy"] {{ background: {t.card}; }}
        QLabel[role="muted"] {{ color: {t.muted}; font-size: {px(LABEL_PX)}px; }}
        QWidget[role="figure"] {{ font-size: {px(LABEL_PX)}px; }}
        QLabel[role="value"] {{ font-size: {px(VALUE_PX)}px; font-weight: 600; }}
        QLabel[role="headline"] {{ font-size: {px(VALUE_PX + 4)}px; font-weight: 600; }}
        QLabel[role="picture"] {{ background: {t.window}; border-radius: 6px; }}
        QPushButton, QToolButton, QComboBox {{
            background: {t.card}; border: 1px solid {t.edge}; border-radius: 6px; padding: 5px 10px;
        }}
        QPushButton:hover, QToolButton:hover, QComboBox:hover {{ border-color: {t.accent}; }}
        QPushButton:focus, QToolButton:focus, QComboBox:focus {{ border: 2px solid {t.accent}; padding: 4px 9px; }}
        QPushButton:focus, QComboBox:focus {{ outline: none; }}
        QPushButton:disabled, QToolButton:disabled, QComboBox:disabled {{ color: {t.muted}; border-color: {t.line}; }}
        QPushButton[role="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
        QPushButton[role="primary"]:disabled {{ background: {t.card}; color: {t.muted}; border-color: {t.line}; }}
        QLabel[role="choice"] {{ font-size: {px(BODY_PX + 2)}px; }}
        QLabel[role="choice"]:disabled {{ color: {t.muted}; }}
        QPushButton[role="recent"] {{ padding: 10px 22px; text-align: left; }}
        QTreeWidget {{ background: {t.card}; outline: 1px solid {focus}; }}
        QTreeWidget::item {{ padding: 2px; }}
        QListWidget[role="faces"] {{ outline: 2px solid {t.on_accent}; }}
        QTreeWidget::item:selected {{ background: {chosen}; color: {ink}; }}
        QToolButton:checked {{ background: {t.accent}; color: {t.on_accent}; }}
        QToolButton[role="icon"]:checked {{ background: {t.card}; }}
        QPushButton[role="primary"]:focus, QToolButton:checked:focus {{
            border: 2px dashed {t.on_accent};
        }}
        QWidget[role="rail"] {{ background: {t.window}; border-right: 1px solid {t.line}; }}
        QToolButton[role="rail"] {{
            background: transparent; border: 2px solid transparent; padding: 6px 0; color: {t.muted};
            font-size: {px(LABEL_PX)}px;
        }}
        QToolButton[role="rail"]:hover {{ background: {t.card}; }}
        QToolButton[role="rail"]:focus {{ border: 2px solid {t.accent}; padding: 6px 0; }}
        QToolButton[role="rail"]:checked {{ background: {t.card}; color: {t.accent}; font-weight: 600; }}
        QToolButton::menu-indicator {{ image: none; width: 0; }}
        QComboBox {{ combobox-popup: 0; }}
        QComboBox::drop-down {{ border: none; width: 18px; }}
        QListView[role="completions"] {{ background: {t.card}; border: 1px solid {t.line}; outline: none; }}
        QListView[role="completions"]::item {{ padding: 3px 8px; color: {t.text}; }}
        QListView[role="completions"]::item:selected {{ background: {t.accent}; color: {t.on_accent}; }}
        QComboBox QAbstractItemView {{
            background: {t.card}; border: 1px solid {t.line}; padding: 4px; outline: none;
            selection-background-color: {t.accent}; selection-color: {t.on_accent};
        }}
        QSlider {{ min-height: 20px; }}
        QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {t.edge}; }}
        QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {t.accent}; }}
        QSlider::handle:horizontal {{
            width: 12px; margin: -6px 0; border: 2px solid {t.muted}; border-radius: 8px; background: {t.card};
        }}
        QSlider::handle:horizontal:focus {{ border-color: {t.accent}; background: {t.accent}; }}
        QCheckBox::indicator {{
            width: 12px; height: 12px; border: 2px solid {t.muted}; border-radius: 4px; background: {t.card};
        }}
        QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; image: url("{t.tick}"); }}
        QCheckBox::indicator:checked:disabled {{ background: {t.muted}; border-color: {t.muted}; }}
        QCheckBox::indicator:focus {{ border-color: {t.accent}; }}
        QCheckBox::indicator:checked:focus {{ border-color: {t.text}; }}
        QCheckBox {{ outline: 2px solid {t.accent}; padding: 2px; }}
        QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
        QScrollBar {{ background: transparent; border: none; width: 10px; height: 10px; }}
        QScrollBar::handle {{
            background: {t.edge}; border-radius: 4px; margin: 1px; min-height: 28px; min-width: 28px;
        }}
        QScrollBar::handle:hover {{ background: {t.muted}; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
        QSplitter::handle {{ background: transparent; }}
        QLineEdit, QSpinBox, QPlainTextEdit {{
            background: {t.card}; border: 1px solid {t.edge}; border-radius: 6px; padding: 4px 8px;
        }}
        QLineEdit:focus, QSpinBox:focus, QPlainTextEdit:focus {{ border: 2px solid {t.accent}; padding: 3px 7px; }}
        QComboBox QLineEdit, QSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
        QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
        QTreeWidget QLineEdit {{ padding: 1px 4px; }}
        QProgressBar {{ background: {t.window}; border: none; border-radius: 3px; }}
        QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
        QStatusBar {{ background: {t.window}; }}
        QStatusBar::item {{ border: none; }}
        QMenu {{ background: {t.card}; border: 1px solid {t.line}; padding: 4px; }}
        QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
        QMenu::item:selected {{ background: {t.accent}; color: {t.on_accent}; }}
        QMenu::item:disabled {{ color: {t.muted}; }}
        QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
    """
