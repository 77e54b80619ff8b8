/* SPDX-License-Identifier: MIT */
/*
 * form.c - how the components of forms read their parameters.
 *
 * The rules are those of nhsuk-frontend's macros; its fixtures are the test.
 */
#include "platform/view/components/form.h"

static bool heading_is_given(const struct heading *p)
{
    return is_given(p->text) || is_given(p->html.trusted) || p->level != 0 || p->size != NULL ||
           p->id != NULL || p->classes != NULL || p->attributes != NULL;
}

/* Words of the heading come first when there is one, those of the label when there is none. */
static struct titled titled(const struct label *p)
{
    const struct heading *heading = &p->heading;
    struct titled title = {.has_heading = p->is_page_heading == YES ||
                                          (p->is_page_heading != NO && heading_is_given(heading))};
    if (title.has_heading) {
        title.text = or_else(heading->text, p->text);
        title.html.trusted = or_else(heading->html.trusted, p->html.trusted);
        title.visually_hidden_text =
            or_else(heading->visually_hidden_text, p->visually_hidden_text);
        title.size = or_else(heading->size, p->size);
    } else {
        title.text = or_else(p->text, heading->text);
        title.html.trusted = or_else(p->html.trusted, heading->html.trusted);
        title.visually_hidden_text = p->visually_hidden_text;
        title.size = p->size;
    }
    bool own = title.has_heading &&
               (is_given(heading->caption.text) || is_given(heading->caption.html.trusted));
    title.caption = own ? heading->caption : p->caption;
    title.caption.size = or_else(title.caption.size, title.size);
    return title;
}

static bool is_outside(const struct caption *p)
{
    return is_same(p->placement, "before") || is_same(p->placement, "after");
}

/* A caption that stands before or after is written by the label, not by its heading. */
static struct titled place_caption(struct titled title)
{
    if (is_outside(&title.caption)) {
        title.outer = title.caption;
        title.caption = (struct caption){0};
    }
    return title;
}

struct titled titled_label(const struct label *p)
{
    return place_caption(titled(p));
}

struct titled titled_legend(const struct legend *p)
{
    struct label same = {.text = p->text,
                         .html = p->html,
                         .visually_hidden_text = p->visually_hidden_text,
                         .caption = p->caption,
                         .size = p->size,
                         .heading = p->heading,
                         .is_page_heading = p->is_page_heading};
    struct titled title = titled(&same);
    if (is_same(title.caption.placement, "before"))
        title.caption.placement = "start"; /* a legend comes first in its fieldset */
    return place_caption(title);
}

struct label field_label(const struct label *label, const char *id)
{
    struct label named = *label;
    named.for_id = or_else(named.for_id, id);
    return named;
}

bool field_is_error(const struct error_message *error, bool is_error)
{
    return is_error || is_given(error->text) || is_given(error->html.trusted);
}

const char *field_described_by(struct mem *mem, const char *described_by,
                               const struct field_top *top)
{
    bool has_hint = is_given(top->hint->text) || is_given(top->hint->html.trusted);
    bool has_error = field_is_error(top->error_message, false);
    return part_ids(mem, described_by,
                    has_hint ? part_id(mem, top->hint->id, top->id, "-hint") : NULL,
                    has_error ? part_id(mem, top->error_message->id, top->id, "-error") : NULL);
}

const char *character_count_type(const struct character_count *p)
{
    if (is_given(p->count_type))
        return p->count_type;
    return p->maxwords != 0 ? "words" : NULL;
}

const char *character_count_description(struct mem *mem, const struct character_count *p)
{
    int limit = p->maxwords != 0 ? p->maxwords : p->maxlength;
    if (limit == 0)
        return NULL; /* the script may know one */
    bool in_words = is_same(character_count_type(p), "words");
    const char *text = p->textarea_description_text;
    if (!is_given(text))
        text = in_words ? "You can enter up to %{count} words"
                        : "You can enter up to %{count} characters";
    const char *count = strstr(text, "%{count}");
    if (count == NULL)
        return text;
    return mem_format(mem, "%.*s%d%s", (int)(count - text), text, limit,
                      count + strlen("%{count}"));
}

const struct view_attribute *character_count_attributes(struct mem *mem,
                                                        const struct character_count *p)
{
    struct part_attributes list = {.mem = mem};
    part_attribute(&list, "data-module", "nhsuk-character-count");
    part_attribute(&list, "data-maxlength", part_number(mem, p->maxlength));
    part_attribute(&list, "data-maxwords", part_number(mem, p->maxwords));
    part_attribute(&list, "data-threshold", part_number(mem, p->threshold));
    part_attribute(&list, "data-count-type", character_count_type(p));
    if (p->maxwords == 0 && p->maxlength == 0)
        part_attribute(&list, "data-i18n.textarea-description.other", p->textarea_description_text);
    part_plural(&list, "characters-under-limit", &p->characters_under_limit_text);
    part_attribute(&list, "data-i18n.characters-at-limit", p->characters_at_limit_text);
    part_plural(&list, "characters-over-limit", &p->characters_over_limit_text);
    part_plural(&list, "words-under-limit", &p->words_under_limit_text);
    part_attribute(&list, "data-i18n.words-at-limit", p->words_at_limit_text);
    part_plural(&list, "words-over-limit", &p->words_over_limit_text);
    part_attributes(&list, p->form_group.attributes);
    return list.items;
}

const char *choice_id(struct mem *mem, const struct choice *item, const char *prefix, size_t at)
{
    if (is_given(item->id))
        return item->id;
    return at == 0 ? prefix : mem_format(mem, "%s-%zu", or_else(prefix, ""), at + 1);
}

bool checkboxes_ticked(const struct checkboxes *p, const struct choice *item)
{
    if (item->checked != UNSAID)
        return item->checked == YES;
    for (size_t i = 0; i < p->value_count; i++)
        if (is_same(p->values[i], item->value))
            return true;
    return false;
}

bool select_input_chosen(const struct select_input *p, const struct select_item *item)
{
    if (item->selected != UNSAID)
        return item->selected == YES;
    return is_given(p->value) && is_same(p->value, or_else(item->value, item->text));
}

const struct view_attribute *file_upload_attributes(struct mem *mem, const struct file_upload *p)
{
    struct part_attributes list = {.mem = mem};
    part_attribute(&list, "data-module", "nhsuk-file-upload");
    part_attribute(&list, "data-choose-files-button-class-list",
                   part_json_words(mem, p->choose_files_button_classes));
    part_attribute(&list, "data-i18n.choose-files-button", p->choose_files_button_text);
    part_attribute(&list, "data-i18n.no-file-chosen", p->no_file_chosen_text);
    part_plural(&list, "multiple-files-chosen", &p->multiple_files_chosen_text);
    part_attribute(&list, "data-i18n.drop-instruction", p->drop_instruction_text);
    part_attribute(&list, "data-i18n.entered-drop-zone", p->entered_drop_zone_text);
    part_attribute(&list, "data-i18n.left-drop-zone", p->left_drop_zone_text);
    part_attributes(&list, p->form_group.attributes);
    return list.items;
}

const struct view_attribute *password_input_attributes(struct mem *mem,
                                                       const struct password_input *p)
{
    struct part_attributes list = {.mem = mem};
    part_attribute(&list, "data-module", "nhsuk-password-input");
    part_attribute(&list, "data-i18n.show-password",
                   or_else(p->show_password_text, p->button.text));
    part_attribute(&list, "data-i18n.hide-password", p->hide_password_text);
    part_attribute(&list, "data-i18n.show-password-aria-label",
                   or_else(p->show_password_aria_label, p->button.aria_label));
    part_attribute(&list, "data-i18n.hide-password-aria-label", p->hide_password_aria_label);
    part_attribute(&list, "data-i18n.password-shown-announcement",
                   p->password_shown_announcement_text);
    part_attribute(&list, "data-i18n.password-hidden-announcement",
                   p->password_hidden_announcement_text);
    part_attributes(&list, p->form_group.attributes);
    return list.items;
}
