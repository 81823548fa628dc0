/** $1 object key, $2 upload id. */
export const recordUpload = `UPDATE upload_intents SET upload_id = $2 WHERE object_key = $1`
