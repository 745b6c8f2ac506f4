//! Elements by their tag names.

use super::view::El;
use crate::browser;

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

/// A path in a picture of 16 by 16.
pub fn picture(d: &'static str) -> El {
    let path = El::new(browser::create_svg("path")).attr("d", d);
    El::new(browser::create_svg("svg"))
        .attr("viewBox", "0 0 16 16")
        .child(path)
}
