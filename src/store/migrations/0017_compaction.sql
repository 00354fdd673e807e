-- Editions whose accepted deliveries are in blocks, or on their way there: those up to the subscriber `reached` are, and
-- all of them once it is NULL. Nothing of such an edition is sent again.
CREATE TABLE compactions (
    edition BIGINT NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    reached BIGINT
) /*WITHOUT ROWID*/;

-- Some hundred accepted deliveries of an edition, in the code of src/store/deliveries/block.rs. In SQLite, not WITHOUT
-- ROWID: inner pages would hold whole rows, and so lead to four pages each.
CREATE TABLE delivery_blocks (
    edition          BIGINT NOT NULL,
    first_subscriber BIGINT NOT NULL,
    count            BIGINT NOT NULL,
    content          BYTEA  NOT NULL,
    PRIMARY KEY (edition, first_subscriber)
);

-- A process of an earlier release that outlived its lease could reopen such an edition. (On SQLite it cannot have the
-- file open.)
/*POSTGRES
CREATE FUNCTION refuse_to_reopen() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN IF EXISTS (SELECT 1 FROM compactions WHERE edition = NEW.id) THEN
        RAISE EXCEPTION ''the edition is compacted: nothing of it is sent again''; END IF; RETURN NEW; END';
CREATE TRIGGER refuse_to_reopen BEFORE UPDATE OF state ON editions FOR EACH ROW
    WHEN (NEW.state IN ('sending', 'paused')) EXECUTE FUNCTION refuse_to_reopen();
POSTGRES*/
