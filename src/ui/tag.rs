//! Elements by their tag names.

use super::view::El;
use crate::browser;
use crate::credential::number::digits;

macro_rules! tags {
    ($($name:ident)*) => {$(
        #[doc = concat!("A `", stringify!($name), "` element.")]
        pub fn $name() -> El {
            new(stringify!($name))
        }
    )*};
}

tags!(
    a aside button dd details dialog div dl dt fieldset footer form h1 h2 h3 header input label legend li
    main nav option p progress section select span strong summary textarea time ul
);

#[inline(never)]
fn new(tag: &'static str) -> El {
    El::new(browser::create(tag))
}

/// A ring that is filled by so many hundredths.
pub fn ring(hundredths: impl Fn() -> i64 + 'static) -> El {
    let circle = |class: &'static str| {
        let circle = El::new(browser::create_svg("circle")).attr("class", class);
        [
            ("cx", "16"),
            ("cy", "16"),
            ("r", "13"),
            ("pathLength", "100"),
        ]
        .into_iter()
        .fold(circle, |circle, (name, value)| circle.attr(name, value))
    };
    let filled = circle("cz-ring__part").attr("stroke-dasharray", move || {
        Some(words!("{} 200", digits(hundredths())))
    });
    El::new(browser::create_svg("svg"))
        .attr("viewBox", "0 0 32 32")
        .attr("class", "cz-ring")
        .attr("aria-hidden", "true")
        .child((circle("cz-ring__whole"), filled))
}

/// A path in a picture of 16 by 16.
pub fn picture(d: &'static str) -> El {
    let path = El::new(browser::create_svg("path")).attr("d", d);
    El::new(browser::create_svg("svg"))
        .attr("viewBox", "0 0 16 16")
        .child(path)
}
