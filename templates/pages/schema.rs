//! A comparison's metadata for search engines: JSON-LD with the vocabulary of schema.org.

use serde_json::{Value, json};

use crate::comparison::{Comparison, Newsletter, Review, Tool};
use crate::sentences;

/// JSON for a `script` element. Escapes `<`, which could end the element.
pub(super) fn json_ld(newsletter: &Newsletter, comparison: &Comparison) -> String {
    let article = article(newsletter, comparison).to_string();
    article.replace('<', "\\u003c")
}

fn article(newsletter: &Newsletter, comparison: &Comparison) -> Value {
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
        "abstract": sentences::result_line(comparison),
        "url": url,
        "mainEntityOfPage": url,
        "image": newsletter.card_url(&comparison.slug),
        "inLanguage": newsletter.locale.lang(),
        "datePublished": comparison.date,
        "author": publisher,
        "publisher": publisher,
        "about": comparison.tools.each_ref().map(tool),
    })
}

fn tool(tool: &Tool) -> Value {
    json!({
        "@type": "SoftwareApplication",
        "name": tool.name,
        "applicationCategory": tool.category,
        "description": tool.tagline,
        "url": tool.url,
        "review": tool.reviews.iter().map(review).collect::<Vec<_>>(),
    })
}

fn review(review: &Review) -> Value {
    json!({
        "@type": "Review",
        "author": { "@type": "Person", "name": sentences::capital(&review.reviewer) },
        "name": sentences::chip(review.verdict),
        "reviewBody": review.quote,
    })
}
