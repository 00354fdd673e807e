//! The files that the configuration names: certificates and the logo; and the look that goes with it.

use super::*;

/// The beginning of a PNG file, as far as its kind is concerned.
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

const SVG: &str = r#"<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">
<!-- drawn by hand --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>"#;

/// A certificate, as PEM.
pub(super) fn authority() -> String {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    made.cert.pem()
}

/// Writes the private key of a selector, for its owner alone.
pub(super) fn write_key(dir: &Path, selector: &str, pem: &str) {
    let folder = dir.join("dkim");
    std::fs::create_dir_all(&folder).unwrap();
    let mut file = crate::private_file::create_new(&key_file(&folder, selector)).unwrap();
    std::io::Write::write_all(&mut file, pem.as_bytes()).unwrap();
}

#[test]
fn trusted_certificates_are_read_from_a_file_in_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    let read = |pem: &str| {
        std::fs::write(dir.path().join("ca.pem"), pem).unwrap();
        let text = template_with(&[("# ca_file = \"relay-ca.pem\"", "ca_file = \"ca.pem\"")]);
        Config::parse(&path, text.as_bytes(), |_| None).map(|config| config.smtp.relay)
    };
    let two = format!("two of them\n{}{}", authority(), authority());
    let relay = read(&two).unwrap();
    assert_eq!(relay.authorities.certificates().len(), 2);
    assert_eq!(format!("{:?}", relay.authorities), "Authorities(2)");
    let variable = |name: &str| {
        let ours = dir.path().join("ca.pem").display().to_string();
        (name == "VERDICT_SMTP_CA_FILE").then_some(ours)
    };
    let config = Config::parse(FILE.as_ref(), Config::template().as_bytes(), variable);
    let authorities = config.unwrap().smtp.relay.authorities;
    assert_eq!(authorities.certificates().len(), 2);

    let damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (pem, why) in [
        ("", "there is no PEM certificate in it"),
        ("Hello", "there is no PEM certificate in it"),
        (damaged, "certificate 1 in it is damaged"),
        (&format!("{}{damaged}", authority()), "certificate 2 in it"),
    ] {
        let found = read(pem).unwrap_err().to_string();
        assert!(found.contains("error[bad-certificates]"), "{found}");
        assert!(found.contains(&format!("^ {why}")), "{found}");
    }
}

#[test]
fn a_logo_is_known_by_its_content() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    let read = |picture: &[u8]| {
        std::fs::write(dir.path().join("logo"), picture).unwrap();
        let text = template_with(&[("# logo = \"logo.png\"", "logo = \"logo\"")]);
        Config::parse(&path, text.as_bytes(), |_| None).map(|config| config.newsletter.logo)
    };
    for (picture, kind) in [
        (PNG, LogoKind::Png),
        (SVG.as_bytes(), LogoKind::Svg),
        (b"\xff\xd8\xff\xe0", LogoKind::Jpeg),
        (b"GIF89a\x01", LogoKind::Gif),
        (b"RIFF\x10\0\0\0WEBPVP8 ", LogoKind::Webp),
    ] {
        let logo = read(picture).unwrap().unwrap();
        assert_eq!((logo.kind, &*logo.bytes), (kind, picture));
    }
    let page = SVG
        .replace("<svg", "<html")
        .replace("2000/svg", "1999/xhtml");
    let large = [PNG, &[0; 200 * 1024]].concat();
    for (picture, why) in [
        (page.as_bytes(), "is not SVG, PNG, WebP, JPEG or GIF"),
        (b"", "is not SVG, PNG, WebP, JPEG or GIF"),
        (&large, "^ at most 200 KB"),
    ] {
        let found = read(picture).unwrap_err().to_string();
        assert!(found.contains("error[bad-logo]"), "{found}");
        assert!(found.contains(why), "{found}");
    }
}

#[test]
fn a_logo_that_mails_cannot_show_is_a_warning() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    std::fs::write(dir.path().join("logo.png"), PNG).unwrap();
    std::fs::write(dir.path().join("logo.svg"), SVG).unwrap();
    let warned = |logo: &str| {
        let lines = [
            ("# logo = \"logo.png\"", logo),
            ("# mail_logo = false", "mail_logo = true"),
        ];
        let config = Config::parse(&path, template_with(&lines).as_bytes(), |_| None).unwrap();
        config.warnings.to_string()
    };
    assert_eq!(warned("logo = \"logo.png\""), "");
    let svg = warned("logo = \"logo.svg\"");
    assert!(svg.contains("Gmail and Outlook show no SVG"), "{svg}");
    assert!(warned("").contains("there is no `logo` to show in mails"));
}

#[test]
fn mistakes_in_the_look_are_pointed_at() {
    told(
        &template_with(&[
            ("# logo = \"logo.png\"", "logo = \"no/such.png\""),
            ("# mail_logo = false", "mail_logo = true"),
            ("# accent = \"#0b5a4a\"", "accent = \"#ffd400\""),
        ]),
        &[("VERDICT_NEWSLETTER_ABOUT", &"a".repeat(301))],
        EXPECTED,
    );
    let found = parse(
        Config::template(),
        &[("VERDICT_NEWSLETTER_ACCENT", "green")],
    );
    let found = found.unwrap_err().to_string();
    assert!(
        found.contains("error[bad-color]: `green` is not a color"),
        "{found}"
    );
}

const EXPECTED: &str = r##"
error[too-long]: `about` is 301 characters long, at most 300 fit
 --> VERDICT_NEWSLETTER_ABOUT:1:301
  |
1 | ...aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
  |                                                               ^ 1 too many

error[bad-logo]: `logo` names no file
  --> verdict.toml:20:8
   |
20 | logo = "no/such.png"
   |        ^^^^^^^^^^^^^ no/such.png cannot be read: No such file or directory (os error 2)

error[low-contrast]: links and buttons in this color are hard to read on a light page
  --> verdict.toml:27:10
   |
27 | accent = "#ffd400"
   |          ^^^^^^^^^ its contrast is 1.2; text needs 4.5
   |
   = help: write `#7a6600`, a darker shade of it; in dark mode, that is shown as `#9a8b3d`
"##;
