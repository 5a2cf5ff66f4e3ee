-- For migrations of releases that call a control otherwise: what is remembered under its old id goes on under the new one. Public ids stay, since links hold them.
CREATE FUNCTION rename_control(old_id TEXT, new_id TEXT) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  tuned TEXT;
BEGIN
  -- What one catalogue held beside each other are two controls, as where people had given the new id to one of their own: each keeps its days.
  IF EXISTS (SELECT FROM catalogue
    WHERE controls @> jsonb_build_array(jsonb_build_object('id', old_id)) AND controls @> jsonb_build_array(jsonb_build_object('id', new_id))) THEN
    RETURN;
  END IF;

  UPDATE catalogue SET controls = (
    SELECT jsonb_agg(CASE WHEN entry->>'id' = old_id THEN entry || jsonb_build_object('id', new_id) ELSE entry END ORDER BY place)
    FROM jsonb_array_elements(controls) WITH ORDINALITY AS x(entry, place))
  WHERE controls @> jsonb_build_array(jsonb_build_object('id', old_id));

  -- As toFingerprint makes it. One that is taken was found under both ids, one after the other: each finding keeps its link and its days, the later goes on.
  UPDATE finding f SET control_id = new_id, fingerprint = CASE
    WHEN EXISTS (SELECT FROM finding o WHERE o.cluster_id = x.cluster_id AND o.fingerprint = x.renamed) THEN f.fingerprint ELSE x.renamed END
  FROM (
    SELECT f.id, f.cluster_id, substring(sha256(convert_to(concat_ws(E'\n', new_id, r.key, f.locator), 'UTF8')) FROM 1 FOR 16) AS renamed
    FROM finding f JOIN resource r ON r.id = f.resource_id WHERE f.control_id = old_id) x
  WHERE f.id = x.id;

  UPDATE tally SET key = new_id WHERE dimension = 'control' AND key = old_id;
  UPDATE tally SET key = split_part(key, '|', 1) || '|' || new_id WHERE dimension = 'namespace-control' AND split_part(key, '|', 2) = old_id;

  FOREACH tuned IN ARRAY ARRAY['disabledControls', 'reweightedControls', 'tunedAt'] LOOP
    UPDATE cluster SET settings = jsonb_set(settings, ARRAY[tuned], jsonb_build_object(new_id, settings->tuned->old_id) || ((settings->tuned) - old_id))
    WHERE settings->tuned ? old_id;
  END LOOP;
END $$;
