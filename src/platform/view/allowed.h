/* SPDX-License-Identifier: MIT */
/*
 * allowed.h - the elements and attributes that a page may hold.
 *
 * One list for both who write tags: tools/viewgen refuses a view that names anything else, and
 * view.c leaves out an attribute that a component was given by name while running.  What is not
 * here is not safe or not needed: on*, style and srcdoc run or restyle; iframe, object, embed and
 * base load or redirect.  Names are in lower case, each with a space on both sides.
 */
#ifndef PLATFORM_VIEW_ALLOWED_H
#define PLATFORM_VIEW_ALLOWED_H

#include <stdbool.h>
#include <string.h>

#define ALLOWED_ELEMENTS                                                                           \
    " a abbr address article aside b blockquote body br button caption circle cite code col "      \
    "colgroup data datalist dd defs del desc details dfn div dl dt ellipse em fieldset "           \
    "figcaption figure footer form g h1 h2 h3 h4 h5 h6 head header hr html i img input ins kbd "   \
    "label legend li line link main mark meta meter nav ol optgroup option output p path "         \
    "polygon polyline pre progress q rect s samp script search section select small span "         \
    "strong sub summary sup svg table tbody td text textarea tfoot th thead time title tr tspan "  \
    "u ul use var wbr "

#define ALLOWED_ATTRIBUTES                                                                         \
    " abbr accept accept-charset action allow alt as autocapitalize autocomplete autofocus "       \
    "charset checked cite class clip-path color cols colspan content crossorigin cx cy d "         \
    "datetime decoding dir disabled dominant-baseline download draggable dx dy enctype "           \
    "enterkeyhint fill fill-opacity fill-rule focusable font-family font-size font-weight for "    \
    "form "                                                                                        \
    "formaction formenctype formmethod formnovalidate headers height hidden high href hreflang "   \
    "id inputmode integrity itemprop itemscope itemtype label lang lengthadjust list loading low " \
    "max maxlength media method min minlength multiple name novalidate open optimum pattern "      \
    "placeholder points preserveaspectratio property r readonly referrerpolicy rel required "      \
    "reversed role rows rowspan rx ry scope selected shape size sizes span spellcheck src "        \
    "srcset start step stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity "     \
    "stroke-width tabindex target text-anchor textlength title transform translate type value "    \
    "version "                                                                                     \
    "viewbox width wrap x x1 x2 xmlns y y1 y2 "

/* Attributes that hold one address: their values are checked, not only escaped. */
#define ALLOWED_URL_ATTRIBUTES " action cite formaction href src "

/* True when list (" a b c ") holds the word. */
static inline bool allowed_in(const char *list, const char *word)
{
    size_t length = strlen(word);
    if (length == 0 || strchr(word, ' ') != NULL)
        return false;
    for (const char *at = list; (at = strstr(at, word)) != NULL; at++)
        if (at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

/* True for a listed attribute, and for aria-* and data-* made of letters, digits, dash and dot. */
static inline bool allowed_attribute(const char *name)
{
    if (strncmp(name, "aria-", 5) != 0 && strncmp(name, "data-", 5) != 0)
        return allowed_in(ALLOWED_ATTRIBUTES, name);
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-.");
    return name[5] != '\0' && name[length] == '\0';
}

#endif
