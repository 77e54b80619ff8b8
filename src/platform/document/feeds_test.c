/* SPDX-License-Identifier: MIT */
/* feeds_test.c - what feeds and calendars promise; calendars are read back by libical. */
#include "platform/base/test.h"

#include "platform/document/atom.h"
#include "platform/document/ics.h"

#include <libical/ical.h>

static const struct atom_feed feed = {.title = "News & <more>",
                                      .author = "Onward",
                                      .self_url = "https://x.example/news.atom?a=1&b=2",
                                      .page_url = "https://x.example/news",
                                      .updated_at = TEST_NOW_SECS};

static const char *feed_of(struct ctx *ctx, const struct atom_entry *entry)
{
    struct view out = {.mem = ctx->mem};
    atom_begin(&out, &feed);
    atom_entry(&out, entry);
    atom_end(&out);
    return out.text;
}

TEST(a_feed_has_what_readers_need)
{
    struct atom_entry entry = {.url = "https://x.example/news/1",
                               .title = "One",
                               .summary = "Words",
                               .content = {"<p>a &amp; b</p>"},
                               .published_at = TEST_NOW_SECS - 60,
                               .updated_at = TEST_NOW_SECS};
    const char *text = feed_of(ctx, &entry);
    static const char *const parts[] = {
        "<id>https://x.example/news.atom?a=1&amp;b=2</id>",
        "<title>News &amp; &lt;more&gt;</title>",
        "<updated>2026-03-09T09:00:00Z</updated>",
        "<author><name>Onward</name>",
        "rel=\"self\" type=\"application/atom+xml\" href=\"https://x.example/news.atom",
        "<entry>\n<id>https://x.example/news/1</id>\n<title>One</title>",
        "<published>2026-03-09T08:59:00Z</published>",
        "<summary>Words</summary>",
        "<content type=\"html\">&lt;p&gt;a &amp;amp; b&lt;/p&gt;</content>",
        "</entry>\n</feed>\n",
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strstr(text, parts[i]) == NULL)
            fail_msg("no %s in %s", parts[i], text);
}

TEST(what_xml_forbids_is_left_out_of_a_feed)
{
    struct atom_entry entry = {.url = "https://x.example/1", .title = "a\x01\x1B\x7F]]>\xFFz"};
    CHECK(strstr(feed_of(ctx, &entry), "<title>a]]&gt;\xEF\xBF\xBDz</title>") != NULL);
}

static const char *calendar_of(struct ctx *ctx, const struct ics_event *event)
{
    struct view out = {.mem = ctx->mem};
    ics_begin(&out, &(const struct ics_calendar){.name = "Our\nevents", .service = "Onward"});
    CHECK(ics_event(ctx, &out, event) == OK);
    ics_end(&out);
    return out.text;
}

static icalcomponent *read_back(struct ctx *ctx, const char *text)
{
    icalcomponent *calendar = icalparser_parse_string(text);
    CHECK(calendar != NULL);
    CHECK(icalcomponent_count_errors(calendar) == 0);
    CHECK(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT) == 1);
    return calendar;
}

TEST(an_event_is_read_back_as_it_was)
{
    const char *title = "Open day; \"come\", bring 王小明\nand \\ friends";
    const char *text = "A long text, long enough to be folded: żółć gęślą jaźń, żółć gęślą jaźń, "
                       "żółć gęślą jaźń, żółć gęślą jaźń, żółć gęślą jaźń.";
    struct ics_event event = {.uid = "1@x.example",
                              .title = title,
                              .text = text,
                              .place = "Leeds",
                              .url = "https://x.example/events/1",
                              .starts_at = TEST_NOW_SECS,
                              .ends_at = TEST_NOW_SECS + 3600};
    const char *written = calendar_of(ctx, &event);
    CHECK(strstr(written, "DTSTART:20260309T090000Z\r\n") != NULL);
    CHECK(strstr(written, "DTEND:20260309T100000Z\r\n") != NULL);
    CHECK(strstr(written, "X-WR-CALNAME:Our\\nevents\r\n") != NULL);
    for (const char *line = written; *line != '\0'; line = strstr(line, "\r\n") + 2)
        CHECK(strcspn(line, "\r\n") <= 75);
    icalcomponent *calendar = read_back(ctx, written);
    icalcomponent *first = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    CHECK_TEXT(icalcomponent_get_summary(first), title);
    CHECK_TEXT(icalcomponent_get_description(first), text);
    CHECK_TEXT(icalcomponent_get_uid(first), "1@x.example");
    CHECK(icalcomponent_get_status(first) == ICAL_STATUS_CONFIRMED);
    icalcomponent_free(calendar);
}

TEST(an_event_of_days_ends_on_the_day_behind_its_last)
{
    struct ics_event event = {.uid = "1@x.example",
                              .title = "Week",
                              .first_on = "2026-02-27",
                              .last_on = "2026-02-28",
                              .is_cancelled = true};
    const char *written = calendar_of(ctx, &event);
    CHECK(strstr(written, "DTSTART;VALUE=DATE:20260227\r\n") != NULL);
    CHECK(strstr(written, "DTEND;VALUE=DATE:20260301\r\n") != NULL);
    CHECK(strstr(written, "STATUS:CANCELLED\r\n") != NULL);
    event.last_on = "";
    CHECK(strstr(calendar_of(ctx, &event), "DTEND;VALUE=DATE:20260228\r\n") != NULL);
}

TEST(text_cannot_add_lines_to_a_calendar)
{
    struct ics_event event = {.uid = "1@x.example",
                              .title = "a\r\nATTACH:file:///etc/passwd\x01",
                              .url = "https://x.example/\r\nATTACH:x",
                              .first_on = "2026-02-27"};
    const char *written = calendar_of(ctx, &event);
    CHECK(strstr(written, "\nATTACH") == NULL);
    CHECK(strstr(written, "SUMMARY:a\\nATTACH:file:///etc/passwd\r\n") != NULL);
    icalcomponent_free(read_back(ctx, written));
}

TEST(an_event_without_time_is_refused)
{
    struct view out = {.mem = ctx->mem};
    struct ics_event event = {.uid = "1@x.example", .title = "T"};
    CHECK(ics_event(ctx, &out, &event) == ERR_INVALID);
    event.first_on = "2026-02-30";
    CHECK(ics_event(ctx, &out, &event) == ERR_INVALID);
    event.first_on = "2026-02-27";
    event.last_on = "2026-02-26";
    CHECK(ics_event(ctx, &out, &event) == ERR_INVALID);
    event.starts_at = 1000;
    event.ends_at = 999;
    CHECK(ics_event(ctx, &out, &event) == ERR_INVALID);
    CHECK(out.length_bytes == 0);
}
