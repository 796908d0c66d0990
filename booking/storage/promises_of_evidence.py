"""The promises of evidence: each line has its document, and says what became of a line that is there."""

from booking.storage.promises import Invariant

PROMISES_OF_EVIDENCE = (
    Invariant(
        "evidence-has-documents",
        "Every line of evidence has the document that it names.",
        """SELECT e.id AS id FROM evidence e LEFT JOIN documents d ON d.hash = e.document_hash
           WHERE e.deed NOT IN ('undone', 'removed') AND (d.hash IS NULL OR d.keep_until < e.keep_until)""",
    ),
    Invariant(
        "evidence-ends-once",
        "A line of evidence is taken back once, by one about the same booking or meeting.",
        """SELECT e.about_id AS id FROM evidence e JOIN evidence o ON o.id = e.about_id
           WHERE e.deed IN ('undone', 'removed') GROUP BY e.about_id, o.deed, o.booking_id, o.meeting_id
           HAVING count(*) > 1 OR min(CAST(e.deed AS text)) <> CASE o.deed
                      WHEN 'handed-over' THEN 'undone' WHEN 'attached' THEN 'removed' ELSE '' END
               OR min(coalesce(CAST(e.booking_id AS text), CAST(e.meeting_id AS text)))
                  <> coalesce(CAST(o.booking_id AS text), CAST(o.meeting_id AS text))""",
    ),
)
