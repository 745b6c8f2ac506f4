//! Views in a real browser: what outlives them does not remember them.
#![cfg(target_arch = "wasm32")]

use credenza::browser;
use credenza::ui::state::{Derived, State, effect};
use credenza::ui::tag::p;
use credenza::ui::view::{Draw as _, mount};
use leptos::prelude::Owner;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A view that follows `value` in each way that there is, and goes again. Whatever it holds is large.
async fn show(value: State<String>) {
    let body = browser::body();
    let seen = mount(&body, Owner::new(), move || {
        let ballast = [0_u8; 512];
        let length = Derived::new(move || value.read().len() + ballast.len());
        effect(move || {
            std::hint::black_box((value.read().len(), &ballast));
        });
        p().attr("title", move || {
            std::hint::black_box(&ballast);
            value.get()
        })
        .prop("lang", move || {
            std::hint::black_box(&ballast);
            value.get()
        })
        .child(move || length.get().to_string())
        .draw()
    });
    browser::sleep(0).await;
    drop(seen);
}

#[wasm_bindgen_test]
async fn a_value_forgets_the_views_that_showed_it() {
    async fn rounds(value: State<String>) -> usize {
        for _ in 0..500 {
            show(value).await;
        }
        browser::sleep(0).await;
        core::arch::wasm32::memory_size::<0>()
    }
    let owner = Owner::new();
    let value = owner.with(|| State::new("kept".to_owned()));
    let after_one = rounds(value).await;
    let after_two = rounds(value).await;
    assert_eq!(after_two, after_one, "pages of 64 kB");
}
