/* SPDX-License-Identifier: MIT */
/*
 * form.h - components that people fill in, and what goes with them.
 *
 * A field shows its error when error_message has words; is_error alone only colours it.
 */
#ifndef PLATFORM_VIEW_COMPONENTS_FORM_H
#define PLATFORM_VIEW_COMPONENTS_FORM_H

#include "platform/view/components/part.h"

struct button_icon {
    const char *name;
    const char *placement; /* "start" (the default) or "end" */
};

struct button {
    const char *text;
    struct html html;
    const char *href; /* a link that looks like a button */
    const char *id;
    const char *name;
    const char *value;
    const char *type; /* "submit" by default */
    const char
        *variant; /* "brand", "login", "reverse", "secondary", "secondary-solid", "warning" */
    struct button_icon icon;
    bool small;
    bool disabled;
    enum said prevent_double_click;
    const char *aria_label;
    const char *element; /* "a", "button" or "input"; by default what href and type say */
    const char *classes;
    const struct view_attribute *attributes;
};
void button(struct view *out, const struct button *p);

struct label {
    const char *id;
    const char *text;
    struct html html;
    const char *visually_hidden_text;
    struct caption caption;
    const char *for_id; /* fields set it to their own id */
    const char *size;   /* "s", "m", "l", "xl" */
    struct heading
        heading; /* given: the label stands in a heading; its words win over the label's */
    enum said is_page_heading;
    const char *classes;
    const struct view_attribute *attributes;
};
void label(struct view *out, const struct label *p);

struct legend {
    const char *id;
    const char *text;
    struct html html;
    const char *visually_hidden_text;
    struct caption caption;
    const char *size;
    struct heading heading;
    enum said is_page_heading;
    const char *classes;
    const struct view_attribute *attributes;
};
void legend(struct view *out, const struct legend *p);

/* What a label or legend is made of, once its heading has had its say. */
struct titled {
    bool has_heading;
    const char *text;
    struct html html;
    const char *visually_hidden_text;
    const char *size;
    struct caption caption; /* when it stands inside, else empty */
    struct caption outer;   /* when it stands before or after    */
};
struct titled titled_label(const struct label *p);
struct titled titled_legend(const struct legend *p);

struct fieldset {
    struct legend legend;
    struct html html; /* what it holds */
    const char *id;
    const char *role;
    const char *described_by;
    const char *classes;
    const struct view_attribute *attributes;
};
void fieldset(struct view *out, const struct fieldset *p);

struct hint {
    const char *id;
    const char *text;
    struct html html;
    const char *classes;
    const struct view_attribute *attributes;
};
void hint(struct view *out, const struct hint *p);

struct error_message {
    const char *id;
    const char *text;
    struct html html;
    const char *visually_hidden_text; /* NULL: "Error"; "": none */
    const char *classes;
    const struct view_attribute *attributes;
};
void error_message(struct view *out, const struct error_message *p);

struct error_summary_item {
    const char *text;
    struct html html;
    const char *href; /* "#" and the id of the field */
    const struct view_attribute *attributes;
};

struct error_summary {
    struct heading heading;
    struct part description;
    const struct error_summary_item *error_list;
    size_t error_count;
    enum said disable_auto_focus;
    const char *id;
    const char *classes;
    const struct view_attribute *attributes;
};
void error_summary(struct view *out, const struct error_summary *p);

/* The box around a field, and what stands right before and after the input in it. */
struct field_group {
    struct part before_input;
    struct part after_input;
    const char *classes;
    const struct view_attribute *attributes;
};

/* The label, hint and error above an input; they share its id. */
struct field_top {
    const char *id;
    const struct label *label;
    const struct hint *hint;
    const struct error_message *error_message;
};
void field_top(struct view *out, const struct field_top *top);

/* Only the hint and the error. */
void field_notes(struct view *out, const struct field_top *top);

/* The label, for the input with this id unless it says otherwise. */
struct label field_label(const struct label *label, const char *id);

/* The ids of hint and error after those that describe the input already; NULL when none. */
const char *field_described_by(struct mem *mem, const char *described_by,
                               const struct field_top *top);

/* Has the error words, or is it an error without words? */
bool field_is_error(const struct error_message *error, bool is_error);

struct input {
    struct label label;
    struct hint hint;
    struct error_message error_message;
    bool is_error;
    const char *id; /* name by default */
    const char *name;
    const char *type; /* "text" by default */
    const char *value;
    const char *placeholder;
    int width; /* in characters: 2, 3, 4, 5, 10, 20 or 30; 0: the whole column */
    bool code;
    bool large;
    bool disabled;
    enum said spellcheck;
    const char *inputmode;
    const char *autocomplete;
    const char *autocapitalize;
    const char *pattern;
    const char *described_by;
    struct part prefix;
    struct part suffix;
    struct part input_wrapper;
    struct field_group form_group;
    const char *classes;
    const struct view_attribute *attributes;
};
void input(struct view *out, const struct input *p);

struct textarea {
    struct label label;
    struct hint hint;
    struct error_message error_message;
    bool is_error;
    const char *id; /* name by default */
    const char *name;
    const char *value;
    int rows; /* 0: 5 */
    bool disabled;
    enum said spellcheck;
    const char *autocomplete;
    const char *described_by;
    struct field_group form_group;
    const char *classes;
    const struct view_attribute *attributes;
};
void textarea(struct view *out, const struct textarea *p);

struct character_count {
    struct label label;
    struct hint hint;
    struct error_message error_message;
    bool is_error;
    const char *id; /* name by default */
    const char *name;
    const char *value;
    int maxlength; /* in characters; 0: none */
    int maxwords;
    int threshold; /* percent of the limit from which the count shows */
    int rows;
    bool disabled;
    enum said spellcheck;
    const char *autocomplete;
    const char *count_type;                /* "characters", "words"; from the limit by default */
    const char *textarea_description_text; /* "%{count}" in it stands for the limit */
    struct plural characters_under_limit_text;
    const char *characters_at_limit_text;
    struct plural characters_over_limit_text;
    struct plural words_under_limit_text;
    const char *words_at_limit_text;
    struct plural words_over_limit_text;
    const char *count_message_classes;
    struct field_group form_group;
    const char *classes;
    const struct view_attribute *attributes;
};
void character_count(struct view *out, const struct character_count *p);

/* "words", "characters" or NULL; the words under the textarea, or NULL; the group's attributes. */
const char *character_count_type(const struct character_count *p);
const char *character_count_description(struct mem *mem, const struct character_count *p);
const struct view_attribute *character_count_attributes(struct mem *mem,
                                                        const struct character_count *p);

/* One radio or checkbox, or with divider only the word between ("or"). */
struct choice {
    const char *value;
    const char *text;
    struct html html;
    const struct label *label; /* more about the label than its words */
    struct hint hint;
    enum said checked;
    enum said disabled;
    struct html conditional; /* shown while it is chosen */
    const char *id;          /* by default the prefix, from the second on with its number */
    const char *divider;
    const char *classes;
    const struct view_attribute *attributes;
    /* Checkboxes only: */
    const char *name;      /* instead of that of all */
    const char *behaviour; /* "exclusive": unticks the others; "inclusive": ticks them */
    const char *behaviour_group;
};

/* The id of the item at this place of a list with the prefix. */
const char *choice_id(struct mem *mem, const struct choice *item, const char *prefix, size_t at);

struct radios {
    const struct fieldset *fieldset; /* NULL: none */
    struct hint hint;
    struct error_message error_message;
    bool is_error;
    const char *id_prefix; /* name by default */
    const char *id;
    const char *name;
    const char *value; /* of the item that is chosen */
    const struct choice *items;
    size_t item_count;
    bool small;
    bool is_inline;
    bool disabled;
    struct field_group form_group;
    const char *classes;
    const struct view_attribute *attributes;
};
void radios(struct view *out, const struct radios *p);

struct checkboxes {
    const struct fieldset *fieldset;
    struct hint hint;
    struct error_message error_message;
    bool is_error;
    const char *described_by;
    const char *id_prefix;
    const char *id;
    const char *name;
    const char *const *values; /* of the items that are ticked */
    size_t value_count;
    const struct choice *items;
    size_t item_count;
    bool small;
    bool is_inline;
    bool disabled;
    struct field_group form_group;
    const char *classes;
    const struct view_attribute *attributes;
};
void checkboxes(struct view *out, const struct checkboxes *p);

bool checkboxes_ticked(const struct checkboxes *p, const struct choice *item);

struct select_item {
    const char *text;
    const char *value; /* NULL: the text */
    enum said selected;
    bool disabled;
    bool divider;
    const struct view_attribute *attributes;
};

/* The component "select"; select() is a function of the system. */
struct select_input {
    struct label label;
    struct hint hint;
    struct error_message error_message;
    bool is_error;
    const char *id; /* name by default */
    const char *name;
    const char *value; /* of the item that is chosen */
    const struct select_item *items;
    size_t item_count;
    bool disabled;
    const char *described_by;
    struct part input_wrapper;
    struct field_group form_group;
    const char *classes;
    const struct view_attribute *attributes;
};
void select_input(struct view *out, const struct select_input *p);

bool select_input_chosen(const struct select_input *p, const struct select_item *item);

/* One of the inputs of a date.  A zero one is as the design system has it. */
struct date_item {
    bool left_out;
    const char *name; /* "day", "month", "year" */
    const char *id;   /* by default that of the date with the name */
    const char *value;
    struct label label; /* its text is by default the name */
    int width;          /* 0: 2, for a year 4 */
    enum said error;    /* YES: this one is wrong; the others are then not marked */
    enum said disabled;
    const char *type;
    const char *inputmode; /* "numeric" by default */
    const char *autocomplete;
    const char *pattern;
    const char *classes;
    const struct view_attribute *attributes;
};

struct date_input {
    const struct fieldset *fieldset;
    struct hint hint;
    struct error_message error_message;
    bool is_error;
    const char *id;
    const char *name_prefix; /* names become prefix[day] */
    const char *value_day;
    const char *value_month;
    const char *value_year;
    struct date_item day;
    struct date_item month;
    struct date_item year;
    const struct date_item *items; /* instead of day, month, year */
    size_t item_count;
    bool disabled;
    struct field_group form_group;
    const char *classes;
    const struct view_attribute *attributes;
};
void date_input(struct view *out, const struct date_input *p);

/* The inputs that are asked, in order, with all that they leave to the date filled in. */
const struct input *date_input_items(struct mem *mem, const struct date_input *p,
                                     size_t *count_out);
bool date_input_is_error(const struct date_input *p);

struct file_upload {
    struct label label;
    struct hint hint;
    struct error_message error_message;
    bool is_error;
    const char *id; /* name by default */
    const char *name;
    bool multiple;
    bool disabled;
    const char *described_by;
    const char *choose_files_button_classes;
    const char *choose_files_button_text;
    const char *no_file_chosen_text;
    struct plural multiple_files_chosen_text;
    const char *drop_instruction_text;
    const char *entered_drop_zone_text;
    const char *left_drop_zone_text;
    struct field_group form_group;
    const char *classes;
    const struct view_attribute *attributes;
};
void file_upload(struct view *out, const struct file_upload *p);

const struct view_attribute *file_upload_attributes(struct mem *mem, const struct file_upload *p);

struct password_input {
    struct label label;
    struct hint hint;
    struct error_message error_message;
    bool is_error;
    const char *id; /* name by default */
    const char *name;
    const char *value;
    int width;
    bool code;
    bool large;
    bool disabled;
    const char *autocomplete; /* "current-password" by default */
    const char *described_by;
    const char *show_password_text;
    const char *hide_password_text;
    const char *show_password_aria_label;
    const char *hide_password_aria_label;
    const char *password_shown_announcement_text;
    const char *password_hidden_announcement_text;
    struct button button;
    enum said button_disabled; /* as the input by default */
    struct part prefix;
    struct part suffix;
    struct part input_wrapper;
    struct field_group form_group;
    const char *classes;
    const struct view_attribute *attributes;
};
void password_input(struct view *out, const struct password_input *p);

const struct view_attribute *password_input_attributes(struct mem *mem,
                                                       const struct password_input *p);

struct search_input {
    struct label label;
    struct hint hint;
    struct error_message error_message;
    bool is_error;
    const char *id; /* name by default */
    const char *name;
    const char *type; /* "search" by default */
    const char *value;
    const char *placeholder;
    int width;
    bool code;
    bool large;
    bool disabled;
    bool no_button;
    bool no_button_icon;
    struct button button;      /* "Search", with the icon, by default */
    enum said button_disabled; /* as the input by default */
    enum said spellcheck;
    const char *inputmode;
    const char *autocomplete; /* "off" by default */
    const char *autocapitalize;
    const char *described_by;
    struct part prefix;
    struct part suffix;
    struct part input_wrapper;
    struct field_group form_group;
    const char *classes;
    const struct view_attribute *attributes;
};
void search_input(struct view *out, const struct search_input *p);

#endif
