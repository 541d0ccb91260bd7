//! In which media type does the client want its answer?
//!
//! Must not know: GraphQL beyond its two media types.

/// The media types of a GraphQL answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json`: status codes tell request errors apart.
    GraphqlResponse,
    /// `application/json`: a well-formed request is 200 whatever the answer.
    Json,
}

impl Media {
    pub(super) const fn header(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

impl Media {
    /// A letter for entity tags: the same bytes under another type are another representation.
    pub(super) const fn letter(self) -> char {
        match self {
            Self::GraphqlResponse => 'g',
            Self::Json => 'j',
        }
    }
}

/// Whether a client takes a stream of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Events {
    /// It does not.
    No,
    /// It does where one answer cannot be given: for subscriptions.
    IfNeeded,
    /// It takes nothing else.
    Only,
}

/// The type where a header says nothing but that, as most do.
fn plain(accept: &str) -> Option<Media> {
    match accept {
        "*/*" | "application/json" => Some(Media::Json),
        "application/graphql-response+json" => Some(Media::GraphqlResponse),
        _ => None,
    }
}

/// Whether an `Accept` header asks for a stream of events.
pub(super) fn events(accept: Option<&str>) -> Events {
    if accept.is_none_or(|accept| plain(accept).is_some()) {
        return Events::No;
    }
    let named = accept.is_some_and(|accept| {
        let mut names = accept.split(',').filter_map(|range| range.split(';').next());
        names.any(|name| name.trim().eq_ignore_ascii_case("text/event-stream"))
    });
    match (named, named && negotiate(accept).is_some()) {
        (false, _) => Events::No,
        (true, true) => Events::IfNeeded,
        (true, false) => Events::Only,
    }
}

/// The media type that an `Accept` header prefers: the highest quality first, then the order of the header, then
/// GraphQL's own type where both are named by one range. JSON where there is no header. `None`: none is acceptable.
pub(super) fn negotiate(accept: Option<&str>) -> Option<Media> {
    let Some(accept) = accept.filter(|a| !a.trim().is_empty()) else { return Some(Media::Json) };
    if let Some(media) = plain(accept) {
        return Some(media);
    }
    let mut best: Option<(Media, f32)> = None;
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let media = match name.as_str() {
            "application/graphql-response+json" => Media::GraphqlResponse,
            "application/json" | "*/*" | "application/*" => Media::Json,
            _ => continue,
        };
        let mut quality = 1.0;
        let mut fits = true;
        for parameter in parts {
            match parameter.split_once('=').map(|(k, v)| (k.trim().to_ascii_lowercase(), v.trim().trim_matches('"'))) {
                Some((key, value)) if key == "q" => quality = value.parse().unwrap_or(0.0),
                Some((key, value)) if key == "charset" => fits &= value.eq_ignore_ascii_case("utf-8"),
                _ => {}
            }
        }
        if fits && quality > 0.0 && best.is_none_or(|(_, q)| quality > q) {
            best = Some((media, quality));
        }
    }
    best.map(|(media, _)| media)
}

/// Whether a `Content-Type` is JSON in UTF-8.
pub(super) fn is_json(content_type: &str) -> bool {
    if content_type == "application/json" {
        return true;
    }
    let mut parts = content_type.split(';').map(str::trim);
    parts.next().is_some_and(|name| name.eq_ignore_ascii_case("application/json"))
        && parts.all(|parameter| match parameter.split_once('=') {
            Some((key, value)) if key.trim().eq_ignore_ascii_case("charset") => {
                value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
            }
            _ => true,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_acceptable_type_is_chosen() {
        let cases = [
            (None, Some(Media::Json)),
            (Some(""), Some(Media::Json)),
            (Some("*/*"), Some(Media::Json)),
            (Some("application/*"), Some(Media::Json)),
            (Some("application/json"), Some(Media::Json)),
            (Some("application/graphql-response+json"), Some(Media::GraphqlResponse)),
            (Some("application/graphql-response+json, application/json;q=0.9"), Some(Media::GraphqlResponse)),
            (Some("application/json;q=0.5, application/graphql-response+json;q=0.8"), Some(Media::GraphqlResponse)),
            (Some("application/json; charset=utf-8"), Some(Media::Json)),
            (Some("application/json; charset=utf-16"), None),
            (Some("text/html"), None),
            (Some("application/json;q=0"), None),
            (Some("text/html, */*;q=0.1"), Some(Media::Json)),
        ];
        for (accept, expected) in cases {
            assert_eq!(negotiate(accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn json_in_utf_8_is_told_from_the_rest() {
        for good in ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""] {
            assert!(is_json(good), "{good}");
        }
        for bad in ["text/plain", "application/json; charset=utf-16", "multipart/form-data", ""] {
            assert!(!is_json(bad), "{bad}");
        }
    }
}
