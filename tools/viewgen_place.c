/* SPDX-License-Identifier: MIT */
/*
 * viewgen_place.c - a small reader of HTML, for tools/viewgen.
 *
 * It is stricter than a browser on purpose: every value of an attribute is quoted, a bare "<" is
 * refused, elements and attributes come from one list.  So it need not guess as browsers do, and
 * what it believes about a place is what they believe.
 */
#include "viewgen_place.h"

#include "platform/view/allowed.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool append(char *word, char c)
{
    size_t length = strlen(word);
    if (length + 1 >= PLACE_NAME_BYTES)
        return false;
    word[length] = (char)tolower((unsigned char)c);
    word[length + 1] = '\0';
    return true;
}

static bool is_url(const struct place *place)
{
    return allowed_in(ALLOWED_URL_ATTRIBUTES, place->attribute);
}

/* Does the browser fetch what stands here by itself, rather than when a person follows it? */
static bool is_fetched(const struct place *place)
{
    return strcmp(place->attribute, "src") == 0 || strcmp(place->element, "link") == 0 ||
           strcmp(place->element, "use") == 0;
}

/* The literal beginning of an address: has it a scheme, and may it have that one here? */
static const char *check_url(const struct place *place)
{
    const char *text = place->url_text;
    size_t scheme = strcspn(text, ":/?#");
    bool is_absolute = text[scheme] == ':' || strncmp(text, "//", 2) == 0;
    if (!is_absolute)
        return NULL;
    if (is_fetched(place))
        return "a page asks no other site for anything: the address must be a path";
    if (strncmp(text, "https:", 6) == 0 || strncmp(text, "http:", 5) == 0 ||
        strncmp(text, "mailto:", 7) == 0 || strncmp(text, "tel:", 4) == 0)
        return NULL;
    return "an address may begin with https:, http:, mailto:, tel: or be a path";
}

static const char *element_ends(struct place *place, char *about, unsigned about_bytes)
{
    if (!place->is_dynamic && !allowed_in(ALLOWED_ELEMENTS, place->element)) {
        snprintf(about, about_bytes, "element <%.40s> is not on the list of allowed elements",
                 place->element);
        return about;
    }
    return NULL;
}

static const char *attribute_ends(struct place *place, char *about, unsigned about_bytes)
{
    if (!allowed_attribute(place->attribute)) {
        snprintf(about, about_bytes, "attribute %.40s is not on the list of allowed attributes",
                 place->attribute);
        return about;
    }
    if (strcmp(place->attribute, "src") == 0)
        place->has_src = true;
    return NULL;
}

static const char *tag_ends(struct place *place, bool is_void)
{
    place->at = AT_TEXT;
    if (place->is_closing) {
        if (strcmp(place->inside, place->element) == 0)
            place->inside[0] = '\0';
        return NULL;
    }
    if (strcmp(place->element, "script") == 0 && !place->has_src)
        return "a script is a file of its own: <script> needs src";
    if (!is_void && allowed_in(" script title textarea pre ", place->element))
        snprintf(place->inside, sizeof place->inside, "%s", place->element);
    return NULL;
}

static const char *next_in_text(struct place *place, const char *rest)
{
    bool is_script = strcmp(place->inside, "script") == 0;
    if (*rest != '<')
        return is_script ? "a script is a file of its own: nothing may stand in <script>" : NULL;
    if (strncmp(rest, "<!--", 4) == 0 && place->inside[0] == '\0') {
        place->at = AT_COMMENT;
        return NULL;
    }
    if (place->inside[0] != '\0' && strcmp(place->inside, "pre") != 0) {
        size_t length = strlen(place->inside);
        if (rest[1] != '/' || strncmp(rest + 2, place->inside, length) != 0)
            return "only text may stand in this element";
    }
    if (rest[1] == '!') {
        place->at = AT_DECLARATION;
        return NULL;
    }
    if (!isalpha((unsigned char)rest[1]) && rest[1] != '/' && strncmp(rest + 1, "{{", 2) != 0)
        return "a bare \"<\": write &lt;";
    place->at = AT_OPEN;
    place->is_closing = place->has_src = place->is_dynamic = false;
    place->element[0] = place->attribute[0] = '\0';
    return NULL;
}

static const char *next_in_tag(struct place *place, const char *rest)
{
    if (is_space(*rest)) {
        place->is_glued = false;
        return NULL;
    }
    if (*rest == '>')
        return tag_ends(place, rest[-1] == '/');
    if (*rest == '/' && rest[1] == '>')
        return NULL;
    if (!isalpha((unsigned char)*rest))
        return "an attribute must begin with a letter";
    if (place->is_glued)
        return "white space must stand before an attribute";
    place->at = AT_ATTRIBUTE;
    place->attribute[0] = '\0';
    append(place->attribute, *rest);
    return NULL;
}

static const char *next_in_name(struct place *place, const char *rest, char *about,
                                unsigned about_bytes)
{
    const char *wrong;
    if (isalnum((unsigned char)*rest)) {
        place->at = AT_NAME;
        if (place->is_dynamic)
            return "the whole name of an element must be the value";
        return append(place->element, *rest) ? NULL : "the name of an element is too long";
    }
    if (place->at == AT_OPEN && *rest == '/' && !place->is_closing) {
        place->is_closing = true;
        return NULL;
    }
    if (place->at == AT_OPEN)
        return "the name of an element must follow \"<\"";
    wrong = element_ends(place, about, about_bytes);
    if (wrong != NULL)
        return wrong;
    place->at = AT_TAG;
    place->is_glued = true;
    return is_space(*rest) || strchr(">/", *rest) != NULL
               ? next_in_tag(place, rest)
               : "a strange character in the name of an element";
}

static const char *next_in_attribute(struct place *place, const char *rest, char *about,
                                     unsigned about_bytes)
{
    const char *wrong;
    if (isalnum((unsigned char)*rest) || *rest == '-' || *rest == '.')
        return append(place->attribute, *rest) ? NULL : "the name of an attribute is too long";
    wrong = attribute_ends(place, about, about_bytes);
    if (wrong != NULL)
        return wrong;
    place->at = *rest == '=' ? AT_EQUALS : AT_TAG;
    place->is_glued = true;
    return *rest == '=' ? NULL : next_in_tag(place, rest);
}

static const char *next_in_value(struct place *place, const char *rest)
{
    if (*rest == place->quote) {
        place->at = AT_TAG;
        place->is_glued = true;
        return is_url(place) ? check_url(place) : NULL;
    }
    if (!is_url(place))
        return NULL;
    bool may_be_whole = place->url == URL_WHOLE || place->url == URL_UNSURE;
    if (may_be_whole && strchr("/?#&", *rest) == NULL)
        return "after a whole address only a path, a query or a fragment may follow";
    place->url = URL_BEGUN;
    size_t length = strlen(place->url_text);
    if (length + 1 < sizeof place->url_text) {
        place->url_text[length] = (char)tolower((unsigned char)*rest);
        place->url_text[length + 1] = '\0';
    }
    return NULL;
}

const char *place_next(struct place *place, const char *rest, char *about, unsigned about_bytes)
{
    switch (place->at) {
    case AT_TEXT:
        return next_in_text(place, rest);
    case AT_OPEN:
    case AT_NAME:
        return next_in_name(place, rest, about, about_bytes);
    case AT_TAG:
        return next_in_tag(place, rest);
    case AT_ATTRIBUTE:
        return next_in_attribute(place, rest, about, about_bytes);
    case AT_EQUALS:
        if (*rest != '"' && *rest != '\'')
            return "the value of an attribute must be in quotes";
        place->at = AT_VALUE;
        place->quote = *rest;
        place->url = URL_EMPTY;
        place->url_text[0] = '\0';
        return NULL;
    case AT_VALUE:
        return next_in_value(place, rest);
    case AT_COMMENT:
        if (*rest == '>' && strncmp(rest - 2, "--", 2) == 0)
            place->at = AT_TEXT;
        return NULL;
    case AT_DECLARATION:
        if (*rest == '>')
            place->at = AT_TEXT;
        return NULL;
    }
    return NULL;
}

const char *place_settle(struct place *place, char *about, unsigned about_bytes)
{
    const char *wrong = NULL;
    if (place->at != AT_NAME && place->at != AT_ATTRIBUTE)
        return NULL;
    wrong = place->at == AT_NAME ? element_ends(place, about, about_bytes)
                                 : attribute_ends(place, about, about_bytes);
    place->at = AT_TAG;
    place->is_glued = true;
    return wrong;
}

static const char *escaper_of_value(const struct place *place, const char **wrong)
{
    if (!is_url(place))
        return "view_value";
    *wrong = check_url(place);
    if (*wrong != NULL)
        return NULL;
    if (place->url == URL_UNSURE) {
        *wrong = "whether this is a whole address or a part of one depends on a branch";
        return NULL;
    }
    if (place->url != URL_EMPTY)
        return "view_url_part";
    return is_fetched(place) ? "view_path" : "view_url";
}

const char *place_escaper(const struct place *place, const char **wrong)
{
    *wrong = NULL;
    switch (place->at) {
    case AT_TEXT:
        if (place->inside[0] == '\0' || strcmp(place->inside, "pre") == 0)
            return "view_text";
        if (strcmp(place->inside, "script") == 0)
            break;
        return "view_value";
    case AT_OPEN:
        return "view_element";
    case AT_VALUE:
        return escaper_of_value(place, wrong);
    case AT_EQUALS:
        *wrong = "a value outside quotes";
        return NULL;
    case AT_COMMENT:
    case AT_DECLARATION:
        *wrong = "a value inside a comment or declaration";
        return NULL;
    case AT_NAME:
    case AT_TAG:
    case AT_ATTRIBUTE:
        *wrong = "a value inside a tag stands only between quotes";
        return NULL;
    }
    *wrong = "a value inside <script>";
    return NULL;
}

void place_value_written(struct place *place)
{
    if (place->at == AT_OPEN) {
        place->at = AT_NAME;
        place->is_dynamic = true;
    } else if (place->at == AT_VALUE) {
        place->url = place->url == URL_EMPTY ? URL_WHOLE : URL_BEGUN;
    }
}

bool place_is_loose(const struct place *place)
{
    return place->at == AT_TAG || (place->at == AT_TEXT && strcmp(place->inside, "pre") != 0 &&
                                   strcmp(place->inside, "textarea") != 0);
}

bool place_same(const struct place *a, const struct place *b)
{
    if (a->at != b->at || strcmp(a->inside, b->inside) != 0)
        return false;
    if (a->at == AT_VALUE)
        return a->quote == b->quote && strcmp(a->attribute, b->attribute) == 0;
    return a->at == AT_TEXT || a->at == AT_TAG;
}

/* An address that has come to its path, query or fragment can no longer get a scheme. */
static bool has_path(const struct place *place)
{
    return place->url == URL_BEGUN && strpbrk(place->url_text, "/?#") != NULL;
}

const char *place_branch_ends(const struct place *place)
{
    return place->at == AT_VALUE && is_url(place) ? check_url(place) : NULL;
}

void place_merge(struct place *kept, const struct place *other)
{
    bool is_clear = kept->url == other->url && strcmp(kept->url_text, other->url_text) == 0;
    if (kept->at == AT_VALUE && !is_clear && !(has_path(kept) && has_path(other)))
        kept->url = URL_UNSURE;
    kept->has_src = kept->has_src && other->has_src;
    kept->is_glued = kept->is_glued || other->is_glued;
}
