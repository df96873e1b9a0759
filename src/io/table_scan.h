/* table_scan.h - the records and fields of a table in text, one after the other, where they lie in memory.
 *
 * A field may stand in quotes, and then holds separators and line ends; a quote in it is doubled (RFC 4180). Lines end
 * with LF, CR LF or CR. Lines that are blank, hold only separators or begin with # are no records, nor is a first line
 * like "sep=;".
 */
#ifndef IO_TABLE_SCAN_H
#define IO_TABLE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

typedef struct TableField {
    const unsigned char *text; /* without the blanks and quotes around it; doubled quotes stay double */
    size_t size;
} TableField;

typedef struct TableScan {
    const unsigned char *at, *end;
    char separator;  /* ' ': any run of blanks and tabs */
    bool within;     /* a record of which fields are left */
    size_t line;     /* at `at`, from 1 */
    size_t record;   /* line where the record began */
    size_t unclosed; /* line of a quote that was still open at the end of the bytes; 0: none */
} TableScan;

TableScan table_scan(const unsigned char *bytes, size_t size, char separator);

/* Goes to the next record, past what is left of the present one. False at the end. */
bool table_next_record(TableScan *s);

/* False when the record has no more fields. */
bool table_next_field(TableScan *s, TableField *field);

#endif
