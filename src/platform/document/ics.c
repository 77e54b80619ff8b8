/* SPDX-License-Identifier: MIT */
/*
 * ics.c - writes a calendar: libical makes the lines, which it escapes and folds.
 *
 * A calendar is written event by event, so each is serialised on its own, between the head and
 * the last line of the calendar.
 */
#include "platform/document/ics.h"

#include <libical/ical.h>
#include <string.h>

#include "platform/base/text.h"
#include "platform/base/time.h"

static const char last_line[] = "END:VCALENDAR\r\n";

/* ---- libical's own memory ---- */

static void end_component(void *component)
{
    icalcomponent_free(component);
}

static void end_buffer(void *buffer)
{
    icalmemory_free_buffer(buffer);
}

static icalcomponent *new_component(struct mem *mem, icalcomponent_kind kind)
{
    icalcomponent *component = icalcomponent_new(kind);
    mem_at_end(mem, end_component, component);
    return component;
}

static char *lines_of(struct mem *mem, icalcomponent *component)
{
    char *lines = icalcomponent_as_ical_string_r(component);
    mem_at_end(mem, end_buffer, lines);
    return lines;
}

/* ---- values ---- */

/* Text without what a calendar cannot hold: control characters and a carriage return. */
static const char *clean(struct mem *mem, const char *text)
{
    char *kept = mem_text(mem, text_repair(mem, text, strlen(text)));
    size_t length = 0;
    for (const char *c = kept; *c != '\0'; c++)
        if ((unsigned char)*c >= ' ' || *c == '\n')
            kept[length++] = *c;
    kept[length] = '\0';
    return kept;
}

/* "2026-03-09T09:00:00Z" as libical reads it: without marks. */
static icaltimetype instant(struct mem *mem, int64_t at_secs)
{
    const char *text = time_rfc3339(mem, at_secs);
    char digits[24];
    size_t length = 0;
    for (const char *c = text; *c != '\0' && length + 1 < sizeof digits; c++)
        if (*c != '-' && *c != ':')
            digits[length++] = *c;
    digits[length] = '\0';
    return icaltime_from_string(digits);
}

static enum status day(const char *on, icaltimetype *out)
{
    struct time_parts parts;
    TRY(time_day_parts(on, &parts));
    *out = icaltime_null_date();
    out->year = parts.year;
    out->month = parts.month;
    out->day = parts.day;
    return OK;
}

static void add_text(struct mem *mem, icalcomponent *to, icalproperty *(*make)(const char *),
                     const char *text)
{
    if (text != NULL && text[0] != '\0')
        icalcomponent_add_property(to, make(clean(mem, text)));
}

/* A property that the format does not know, such as what calendars call themselves. */
static void add_extra(struct mem *mem, icalcomponent *to, const char *name, const char *text)
{
    icalproperty *property = icalproperty_new(ICAL_X_PROPERTY);
    icalproperty_set_x_name(property, name);
    icalproperty_set_value(property, icalvalue_new_x(clean(mem, text)));
    icalcomponent_add_property(to, property);
}

/* ---- events ---- */

static enum status add_days(struct ctx *ctx, icalcomponent *to, const struct ics_event *event)
{
    bool is_one_day = event->last_on == NULL || event->last_on[0] == '\0';
    const char *last_on = is_one_day ? event->first_on : event->last_on;
    const char *behind_on;
    icaltimetype first, behind;
    if (event->first_on == NULL || !time_day_is_valid(event->first_on) ||
        !time_day_is_valid(last_on) || strcmp(last_on, event->first_on) < 0)
        return ctx_fail(ctx, ERR_INVALID, "event \"%s\" has no days", event->uid);
    TRY(time_day_add(ctx->mem, last_on, (struct time_step){.days = 1}, &behind_on));
    TRY(day(event->first_on, &first));
    TRY(day(behind_on, &behind));
    icalcomponent_add_property(to, icalproperty_new_dtstart(first));
    icalcomponent_add_property(to, icalproperty_new_dtend(behind));
    return OK;
}

static enum status add_times(struct ctx *ctx, icalcomponent *to, const struct ics_event *event)
{
    if (event->starts_at == 0)
        return add_days(ctx, to, event);
    if (event->ends_at != 0 && event->ends_at < event->starts_at)
        return ctx_fail(ctx, ERR_INVALID, "event \"%s\" ends before it starts", event->uid);
    icaltimetype starts = instant(ctx->mem, event->starts_at);
    icalcomponent_add_property(to, icalproperty_new_dtstart(starts));
    if (event->ends_at != 0) {
        icaltimetype ends = instant(ctx->mem, event->ends_at);
        icalcomponent_add_property(to, icalproperty_new_dtend(ends));
    }
    return OK;
}

static enum status add_all(struct ctx *ctx, struct mem *mem, icalcomponent *to,
                           const struct ics_event *event)
{
    add_text(mem, to, icalproperty_new_uid, event->uid);
    icalcomponent_add_property(to, icalproperty_new_dtstamp(instant(mem, ctx->now_secs)));
    TRY(add_times(ctx, to, event));
    add_text(mem, to, icalproperty_new_summary, event->title);
    add_text(mem, to, icalproperty_new_description, event->text);
    add_text(mem, to, icalproperty_new_location, event->place);
    if (event->url != NULL && strpbrk(event->url, "\r\n") == NULL)
        add_text(mem, to, icalproperty_new_url, event->url);
    if (event->updated_at != 0) {
        icaltimetype updated = instant(mem, event->updated_at);
        icalcomponent_add_property(to, icalproperty_new_lastmodified(updated));
    }
    if (event->sequence > 0)
        icalcomponent_add_property(to, icalproperty_new_sequence((int)event->sequence));
    icalproperty_status status =
        event->is_cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED;
    icalcomponent_add_property(to, icalproperty_new_status(status));
    return OK;
}

enum status ics_event(struct ctx *ctx, struct view *out, const struct ics_event *event)
{
    struct mem *mem = mem_child(ctx->mem);
    icalcomponent *component = new_component(mem, ICAL_VEVENT_COMPONENT);
    enum status status = add_all(ctx, mem, component, event);
    if (status == OK) {
        const char *lines = lines_of(mem, component);
        view_raw(out, lines, strlen(lines));
    }
    mem_end(mem);
    return status;
}

/* ---- the calendar ---- */

void ics_begin(struct view *out, const struct ics_calendar *calendar)
{
    struct mem *mem = mem_child(out->mem);
    icalcomponent *component = new_component(mem, ICAL_VCALENDAR_COMPONENT);
    const char *maker = mem_format(mem, "-//%s//Onward//EN", calendar->service);
    icalcomponent_add_property(component, icalproperty_new_version("2.0"));
    add_text(mem, component, icalproperty_new_prodid, maker);
    icalcomponent_add_property(component, icalproperty_new_method(ICAL_METHOD_PUBLISH));
    add_extra(mem, component, "X-WR-CALNAME", calendar->name);
    add_extra(mem, component, "X-PUBLISHED-TTL", "PT12H");
    const char *lines = lines_of(mem, component);
    view_raw(out, lines, strlen(lines) - strlen(last_line));
    mem_end(mem);
}

void ics_end(struct view *out)
{
    view_raw(out, last_line, strlen(last_line));
}
