/* SPDX-License-Identifier: MIT */
/* fonts.c - which fonts, and how they are set. */
#include "platform/document/fonts.h"

const char fonts_families[] =
    "Noto Sans,Noto Sans Arabic,Noto Sans Hebrew,Noto Sans Devanagari,Noto Sans Bengali,"
    "Noto Sans Gurmukhi,Noto Sans Gujarati,Noto Sans Tamil,Noto Sans Telugu,Noto Sans Kannada,"
    "Noto Sans Malayalam,Noto Sans Sinhala,Noto Sans CJK SC";

static void end_object(void *object)
{
    g_object_unref(object);
}

PangoContext *fonts_context(struct mem *mem, const char *language)
{
    PangoFontMap *fonts = pango_cairo_font_map_new();
    mem_at_end(mem, end_object, fonts);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts), 72.0);
    PangoContext *pango = pango_font_map_create_context(fonts);
    mem_at_end(mem, end_object, pango);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(pango, options);
    cairo_font_options_destroy(options);
    pango_context_set_language(pango, pango_language_from_string(language));
    pango_context_set_round_glyph_positions(pango, FALSE);
    return pango;
}

void fonts_set_features(PangoLayout *layout)
{
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_features_new("liga=0,clig=0"));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}
