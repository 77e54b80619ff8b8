/* SPDX-License-Identifier: MIT */
/*
 * shapes_form.c - the shapes of what people fill in.
 */
#include "platform/view/test/shapes.h"

static const struct shape_member shape_part_members[] = {WORDS(part), OUTER(part), END};
SHAPE_OF_WORDS(shape_part, part);

static const struct shape_member shape_caption_members[] = {
    WORDS(caption),
    OUTER(caption),
    TEXT(caption, "placement", placement),
    TEXT(caption, "size", size),
    TEXT(caption, "element", element),
    END,
};
SHAPE_OF_WORDS(shape_caption, caption);

static const struct shape_member shape_heading_members[] = {
    WORDS(heading),
    OUTER(heading),
    TEXT(heading, "visuallyHiddenText", visually_hidden_text),
    STRUCT(heading, "caption", caption, &shape_caption),
    TEXT(heading, "href", href),
    TEXT(heading, "size", size),
    INT(heading, "level", level),
    TEXT(heading, "element", element),
    END,
};
SHAPE_OF_WORDS(shape_heading, heading);

static const struct shape_member shape_hint_members[] = {WORDS(hint), OUTER(hint), END};
SHAPE_OF_WORDS(shape_hint, hint);

static const struct shape_member shape_error_message_members[] = {
    WORDS(error_message),
    OUTER(error_message),
    TEXT(error_message, "visuallyHiddenText", visually_hidden_text),
    END,
};
SHAPE_OF_WORDS(shape_error_message, error_message);

#define TITLED(type)                                                                               \
    WORDS(type), OUTER(type), TEXT(type, "visuallyHiddenText", visually_hidden_text),              \
        STRUCT(type, "caption", caption, &shape_caption), TEXT(type, "size", size),                \
        SAID(type, "heading", is_page_heading), STRUCT(type, "heading", heading, &shape_heading),  \
        SAID(type, "isPageHeading", is_page_heading)

static const struct shape_member shape_label_members[] = {
    TITLED(label),
    TEXT(label, "for", for_id),
    END,
};
SHAPE_OF_WORDS(shape_label, label);

static const struct shape_member shape_legend_members[] = {TITLED(legend), END};
SHAPE_OF_WORDS(shape_legend, legend);

static const struct shape_member fieldset_members[] = {
    STRUCT(fieldset, "legend", legend, &shape_legend),
    HTML(fieldset, "html", html),
    TEXT(fieldset, "role", role),
    TEXT(fieldset, "describedBy", described_by),
    OUTER(fieldset),
    END,
};
const struct shape shape_fieldset = {sizeof(struct fieldset), fieldset_members, NULL, NULL, NULL};

static const struct shape_member field_group_members[] = {
    STRUCT(field_group, "beforeInput", before_input, &shape_part),
    STRUCT(field_group, "afterInput", after_input, &shape_part),
    STRUCT(field_group, "beforeInputs", before_input, &shape_part),
    STRUCT(field_group, "afterInputs", after_input, &shape_part),
    TEXT(field_group, "classes", classes),
    ATTRIBUTES(field_group),
    END,
};
const struct shape shape_field_group = {sizeof(struct field_group), field_group_members, NULL, NULL,
                                        NULL};

static const struct shape_member button_icon_members[] = {
    TEXT(button_icon, "name", name),
    TEXT(button_icon, "placement", placement),
    END,
};
static const struct shape shape_button_icon = {sizeof(struct button_icon), button_icon_members,
                                               "name", NULL, NULL};

static const struct shape_member button_members[] = {
    WORDS(button),
    OUTER(button),
    TEXT(button, "href", href),
    TEXT(button, "name", name),
    TEXT(button, "value", value),
    TEXT(button, "type", type),
    TEXT(button, "variant", variant),
    STRUCT(button, "icon", icon, &shape_button_icon),
    BOOL(button, "small", small),
    BOOL(button, "disabled", disabled),
    SAID(button, "preventDoubleClick", prevent_double_click),
    TEXT(button, "ariaLabel", aria_label),
    TEXT(button, "element", element),
    END,
};
const struct shape shape_button = {sizeof(struct button), button_members, NULL, NULL, NULL};

static const struct shape_member error_summary_item_members[] = {
    WORDS(error_summary_item),
    TEXT(error_summary_item, "href", href),
    ATTRIBUTES(error_summary_item),
    END,
};
static const struct shape shape_error_summary_item = {
    sizeof(struct error_summary_item), error_summary_item_members, "text", NULL, NULL};

static const struct shape_member error_summary_members[] = {
    STRUCT(error_summary, "heading", heading, &shape_heading),
    STRUCT(error_summary, "description", description, &shape_part),
    HTML(error_summary, "html", description.html), /* the block of a call */
    ARRAY(SHAPE_ARRAY, error_summary, "errorList", error_list, &shape_error_summary_item,
          error_count),
    SAID(error_summary, "disableAutoFocus", disable_auto_focus),
    OUTER(error_summary),
    END,
};
const struct shape shape_error_summary = {sizeof(struct error_summary), error_summary_members, NULL,
                                          NULL, NULL};

static const struct shape_member plural_members[] = {
    TEXT(plural, "zero", zero),
    TEXT(plural, "one", one),
    TEXT(plural, "two", two),
    TEXT(plural, "few", few),
    TEXT(plural, "many", many),
    TEXT(plural, "other", other),
    END,
};
static const struct shape shape_plural = {sizeof(struct plural), plural_members, NULL, NULL, NULL};

/* What input, password-input and search-input have beside the members of a field. */
#define INPUT(type)                                                                                \
    FIELD(type), INT(type, "width", width), BOOL(type, "code", code), BOOL(type, "large", large),  \
        TEXT(type, "autocomplete", autocomplete), STRUCT(type, "prefix", prefix, &shape_part),     \
        STRUCT(type, "suffix", suffix, &shape_part),                                               \
        STRUCT(type, "inputWrapper", input_wrapper, &shape_part)

static const struct shape_member input_members[] = {
    INPUT(input),
    TEXT(input, "type", type),
    TEXT(input, "placeholder", placeholder),
    SAID(input, "spellcheck", spellcheck),
    TEXT(input, "inputmode", inputmode),
    TEXT(input, "autocapitalize", autocapitalize),
    TEXT(input, "pattern", pattern),
    END,
};
const struct shape shape_input = {sizeof(struct input), input_members, NULL, NULL, NULL};

static const struct shape_member textarea_members[] = {
    FIELD(textarea),
    INT(textarea, "rows", rows),
    SAID(textarea, "spellcheck", spellcheck),
    TEXT(textarea, "autocomplete", autocomplete),
    END,
};
const struct shape shape_textarea = {sizeof(struct textarea), textarea_members, NULL, NULL, NULL};

static const struct shape_member character_count_members[] = {
    FIELD_TOP(character_count),
    STRUCT(character_count, "label", label, &shape_label),
    TEXT(character_count, "name", name),
    TEXT(character_count, "value", value),
    BOOL(character_count, "disabled", disabled),
    OUTER(character_count),
    INT(character_count, "rows", rows),
    INT(character_count, "maxlength", maxlength),
    INT(character_count, "maxwords", maxwords),
    INT(character_count, "threshold", threshold),
    TEXT(character_count, "countType", count_type),
    SAID(character_count, "spellcheck", spellcheck),
    TEXT(character_count, "textareaDescriptionText", textarea_description_text),
    STRUCT(character_count, "charactersUnderLimitText", characters_under_limit_text, &shape_plural),
    TEXT(character_count, "charactersAtLimitText", characters_at_limit_text),
    STRUCT(character_count, "charactersOverLimitText", characters_over_limit_text, &shape_plural),
    STRUCT(character_count, "wordsUnderLimitText", words_under_limit_text, &shape_plural),
    TEXT(character_count, "wordsAtLimitText", words_at_limit_text),
    STRUCT(character_count, "wordsOverLimitText", words_over_limit_text, &shape_plural),
    END,
};
const struct shape shape_character_count = {sizeof(struct character_count), character_count_members,
                                            NULL, NULL, NULL};

static const struct shape_member conditional_members[] = {HTML(choice, "html", conditional), END};
static const struct shape shape_conditional = {0, conditional_members, NULL, NULL, NULL};

static const struct shape_member choice_members[] = {
    WORDS(choice),
    OUTER(choice),
    TEXT(choice, "value", value),
    POINTER(choice, "label", label, &shape_label),
    STRUCT(choice, "hint", hint, &shape_hint),
    SAID(choice, "checked", checked),
    SAID(choice, "disabled", disabled),
    INLINE("conditional", &shape_conditional),
    TEXT(choice, "divider", divider),
    TEXT(choice, "name", name),
    TEXT(choice, "behaviour", behaviour),
    TEXT(choice, "behaviourGroup", behaviour_group),
    PLAIN(SHAPE_NAME, choice, "exclusive", behaviour),
    TEXT(choice, "exclusiveGroup", behaviour_group),
    END,
};
static const struct shape shape_choice = {sizeof(struct choice), choice_members, NULL, NULL, NULL};

#define CHOICES(type)                                                                              \
    POINTER(type, "fieldset", fieldset, &shape_fieldset), FIELD_TOP(type), OUTER(type),            \
        TEXT(type, "idPrefix", id_prefix), TEXT(type, "name", name),                               \
        ARRAY(SHAPE_ARRAY, type, "items", items, &shape_choice, item_count),                       \
        BOOL(type, "small", small), BOOL(type, "inline", is_inline),                               \
        BOOL(type, "disabled", disabled)

static const struct shape_member radios_members[] = {
    CHOICES(radios),
    TEXT(radios, "value", value),
    END,
};
const struct shape shape_radios = {sizeof(struct radios), radios_members, NULL, NULL, NULL};

static const struct shape_member checkboxes_members[] = {
    CHOICES(checkboxes),
    TEXT(checkboxes, "describedBy", described_by),
    ARRAY(SHAPE_TEXTS, checkboxes, "values", values, NULL, value_count),
    END,
};
const struct shape shape_checkboxes = {sizeof(struct checkboxes), checkboxes_members, NULL, NULL,
                                       NULL};

static const struct shape_member select_item_members[] = {
    TEXT(select_item, "text", text),
    TEXT(select_item, "value", value),
    SAID(select_item, "selected", selected),
    BOOL(select_item, "disabled", disabled),
    BOOL(select_item, "divider", divider),
    ATTRIBUTES(select_item),
    END,
};
static const struct shape shape_select_item = {sizeof(struct select_item), select_item_members,
                                               NULL, NULL, NULL};

static const struct shape_member select_members[] = {
    FIELD(select_input),
    ARRAY(SHAPE_ARRAY, select_input, "items", items, &shape_select_item, item_count),
    STRUCT(select_input, "inputWrapper", input_wrapper, &shape_part),
    END,
};
const struct shape shape_select_input = {sizeof(struct select_input), select_members, NULL, NULL,
                                         NULL};

static const struct shape_member date_item_members[] = {
    TEXT(date_item, "id", id),
    TEXT(date_item, "name", name),
    TEXT(date_item, "value", value),
    STRUCT(date_item, "label", label, &shape_label),
    INT(date_item, "width", width),
    SAID(date_item, "error", error),
    SAID(date_item, "disabled", disabled),
    TEXT(date_item, "type", type),
    TEXT(date_item, "inputmode", inputmode),
    TEXT(date_item, "autocomplete", autocomplete),
    TEXT(date_item, "pattern", pattern),
    TEXT(date_item, "classes", classes),
    ATTRIBUTES(date_item),
    PLAIN(SHAPE_NOT, date_item, "left_out", left_out),
    END,
};
static const struct shape shape_date_item = {sizeof(struct date_item), date_item_members, NULL,
                                             NULL, "left_out"};

static const struct shape_member date_values_members[] = {
    TEXT(date_input, "day", value_day),
    TEXT(date_input, "month", value_month),
    TEXT(date_input, "year", value_year),
    END,
};
static const struct shape shape_date_values = {0, date_values_members, NULL, NULL, NULL};

static const struct shape_member date_input_members[] = {
    POINTER(date_input, "fieldset", fieldset, &shape_fieldset),
    FIELD_TOP(date_input),
    OUTER(date_input),
    TEXT(date_input, "namePrefix", name_prefix),
    INLINE("values", &shape_date_values),
    STRUCT(date_input, "day", day, &shape_date_item),
    STRUCT(date_input, "month", month, &shape_date_item),
    STRUCT(date_input, "year", year, &shape_date_item),
    ARRAY(SHAPE_ARRAY, date_input, "items", items, &shape_date_item, item_count),
    BOOL(date_input, "disabled", disabled),
    END,
};
const struct shape shape_date_input = {sizeof(struct date_input), date_input_members, NULL, NULL,
                                       NULL};

static const struct shape_member file_upload_members[] = {
    FIELD_TOP(file_upload),
    STRUCT(file_upload, "label", label, &shape_label),
    TEXT(file_upload, "name", name),
    BOOL(file_upload, "disabled", disabled),
    BOOL(file_upload, "multiple", multiple),
    OUTER(file_upload),
    PLAIN(SHAPE_CLASSES, file_upload, "chooseFilesButtonClassList", choose_files_button_classes),
    TEXT(file_upload, "chooseFilesButtonText", choose_files_button_text),
    TEXT(file_upload, "noFileChosenText", no_file_chosen_text),
    STRUCT(file_upload, "multipleFilesChosenText", multiple_files_chosen_text, &shape_plural),
    TEXT(file_upload, "dropInstructionText", drop_instruction_text),
    TEXT(file_upload, "enteredDropZoneText", entered_drop_zone_text),
    TEXT(file_upload, "leftDropZoneText", left_drop_zone_text),
    END,
};
const struct shape shape_file_upload = {sizeof(struct file_upload), file_upload_members, NULL, NULL,
                                        NULL};

/* The button inside an input says whether it is disabled, or leaves it to the input. */
static const struct shape_member password_button_members[] = {
    TEXT(password_input, "text", button.text),
    TEXT(password_input, "variant", button.variant),
    SAID(password_input, "preventDoubleClick", button.prevent_double_click),
    SAID(password_input, "disabled", button_disabled),
    END,
};
static const struct shape shape_password_button = {0, password_button_members, NULL, NULL, NULL};

static const struct shape_member password_input_members[] = {
    INPUT(password_input),
    INLINE("button", &shape_password_button),
    TEXT(password_input, "showPasswordText", show_password_text),
    TEXT(password_input, "hidePasswordText", hide_password_text),
    TEXT(password_input, "showPasswordAriaLabel", show_password_aria_label),
    TEXT(password_input, "hidePasswordAriaLabel", hide_password_aria_label),
    TEXT(password_input, "passwordShownAnnouncementText", password_shown_announcement_text),
    TEXT(password_input, "passwordHiddenAnnouncementText", password_hidden_announcement_text),
    END,
};
const struct shape shape_password_input = {sizeof(struct password_input), password_input_members,
                                           NULL, NULL, NULL};

static const struct shape_member search_button_members[] = {
    TEXT(search_input, "text", button.text),
    TEXT(search_input, "variant", button.variant),
    PLAIN(SHAPE_NOT, search_input, "icon", no_button_icon),
    STRUCT(search_input, "icon", button.icon, &shape_button_icon),
    SAID(search_input, "disabled", button_disabled),
    END,
};
static const struct shape shape_search_button = {0, search_button_members, NULL, NULL, NULL};

static const struct shape_member search_input_members[] = {
    INPUT(search_input),
    PLAIN(SHAPE_NOT, search_input, "button", no_button),
    INLINE("button", &shape_search_button),
    TEXT(search_input, "type", type),
    TEXT(search_input, "placeholder", placeholder),
    END,
};
const struct shape shape_search_input = {sizeof(struct search_input), search_input_members, NULL,
                                         NULL, NULL};
