// @actions/languageservice imports JSON without saying so, which Node refuses (npm packages for bundlers do that).
export async function load(url, context, next) {
  return next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);
}
