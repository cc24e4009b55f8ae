export function schemaFor() {}
