//! A comparison's metadata for search engines: JSON-LD with the vocabulary of schema.org.

use serde_json::{Value, json};

use crate::comparison::{Comparison, Newsletter, Review, Tool};
use crate::locale::Locale;
use crate::sentences;

/// JSON for a `script` element. Escapes `<`, which could end the element.
pub(super) fn json_ld(newsletter: &Newsletter, comparison: &Comparison) -> String {
    let article = article(newsletter, comparison).to_string();
    article.replace('<', "\\u003c")
}

fn article(newsletter: &Newsletter, comparison: &Comparison) -> Value {
    let locale = &newsletter.locale;
    let url = newsletter.comparison_url(&comparison.slug);
    let publisher = json!({
        "@type": "Organization",
        "name": newsletter.name,
        "url": format!("{}/", newsletter.base_url),
    });
    json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": comparison.title,
        "description": comparison.question,
        "abstract": sentences::result_line(locale, comparison).into_text(),
        "url": url,
        "mainEntityOfPage": url,
        "image": newsletter.card_url(&comparison.slug),
        "inLanguage": newsletter.locale.lang(),
        "datePublished": comparison.date,
        "author": publisher,
        "publisher": publisher,
        "about": comparison.tools.each_ref().map(|one| tool(locale, one)),
    })
}

fn tool(locale: &Locale, tool: &Tool) -> Value {
    json!({
        "@type": "SoftwareApplication",
        "name": tool.name,
        "applicationCategory": tool.category,
        "description": tool.tagline,
        "url": tool.url,
        "review": tool.reviews.iter().map(|one| review(locale, one)).collect::<Vec<_>>(),
    })
}

fn review(locale: &Locale, review: &Review) -> Value {
    json!({
        "@type": "Review",
        "author": { "@type": "Person", "name": sentences::role(locale, &review.reviewer) },
        "name": sentences::verdict(locale, review.verdict).into_text(),
        "reviewBody": review.quote,
    })
}
