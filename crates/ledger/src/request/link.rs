//! Signed links, which expire.

use form_urlencoded::parse;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Duration, OffsetDateTime, PrimitiveDateTime, UtcDateTime};

/// When a signed link expires, according to its query. Knows the links of S3 and similar services (TOS, GCS, OBS), OSS, COS,
/// Azure, Qiniu and CloudFront.
#[must_use]
pub fn expiry(link: &str) -> Option<UtcDateTime> {
    let (_, query) = link.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    let value = |name: &str| {
        let mut members = parse(query.as_bytes());
        members.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let unix = |text: &str| UtcDateTime::from_unix_timestamp(text.parse().ok()?).ok();
    for vendor in ["Amz", "Tos", "Goog", "Obs"] {
        if let (Some(signed), Some(seconds)) =
            (value(&format!("X-{vendor}-Date")), value(&format!("X-{vendor}-Expires")))
        {
            let format = format_description!("[year][month][day]T[hour][minute][second]Z");
            let signed = PrimitiveDateTime::parse(&signed, format).ok()?.as_utc();
            return signed.checked_add(Duration::seconds(seconds.parse().ok()?));
        }
    }
    if let Some(times) = value("q-sign-time")
        && let Some((_, end)) = times.split_once(';')
    {
        return unix(end);
    }
    // These names are common: they only count beside a signature.
    for (name, signature) in [("Expires", "Signature"), ("e", "token")] {
        if let (Some(end), Some(_)) = (value(name), value(signature)) {
            return unix(&end);
        }
    }
    let end = value("se").filter(|_| value("sig").is_some())?;
    OffsetDateTime::parse(&end, &Rfc3339).ok().map(OffsetDateTime::to_utc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_links_say_when_they_end() {
        for (query, expected) in [
            (
                "X-Amz-Date=20260701T000000Z&X-Amz-Expires=3600&X-Amz-Signature=x",
                "2026-07-01T01:00:00Z",
            ),
            ("x-tos-date=20260701T000000Z&x-tos-expires=60#t=1", "2026-07-01T00:01:00Z"),
            ("OSSAccessKeyId=k&Expires=1782864000&Signature=x%2B", "2026-07-01T00:00:00Z"),
            ("q-sign-algorithm=sha1&q-sign-time=1782860400%3B1782864000", "2026-07-01T00:00:00Z"),
            ("e=1782864000&token=k:x", "2026-07-01T00:00:00Z"),
            ("sv=2024&se=2026-07-01T00%3A00%3A00Z&sig=x", "2026-07-01T00:00:00Z"),
        ] {
            let found = expiry(&format!("https://e.com/a.png?{query}")).unwrap();
            assert_eq!(found.format(&Rfc3339).unwrap(), expected, "{query}");
        }
        for link in [
            "https://e.com/a.png",
            "https://e.com/a.png?e=1782864000",
            "https://e.com/a.png?Expires=never&Signature=x",
            "https://e.com/a.png?X-Amz-Date=x&X-Amz-Expires=1",
            "asset://abc?se=1",
        ] {
            assert_eq!(expiry(link), None, "{link}");
        }
    }
}
