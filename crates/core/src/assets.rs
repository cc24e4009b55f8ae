//! The endpoints' responses about uploaded files, reviewed assets and real persons.
//!
//! An asset is submitted, waits for its review, and can be used in a video request once it is active.
//!
//! ```
//! use seedance_core::Answer;
//! use seedance_core::assets::{AssetState, read_assets};
//! let answer = br#"{"code": 20000, "data": {"items": [{"asset_id": "asset-1", "status": "Pending"}]}}"#;
//! let Answer::Read(assets) = read_assets(answer, 200) else { panic!("it can be read") };
//! assert_eq!((assets.items[0].state, assets.items[0].reference()), (AssetState::Pending, None));
//!
//! let answer = br#"{"code": 20000, "data": {"items": [{"asset_id": "asset-1", "status": "Active"}]}}"#;
//! let Answer::Read(assets) = read_assets(answer, 200) else { panic!("it can be read") };
//! assert_eq!(assets.items[0].reference().as_deref(), Some("asset://asset-1"));
//! ```

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::answers::{Answer, Envelope, Object};

/// An uploaded file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Upload {
    /// The file's URL, which works for about three days.
    pub url: String,
    /// The file's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// The file's size in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// The file's MIME type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
}

/// The assets in an answer, in the answer's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Assets {
    /// The assets that exist.
    pub items: Vec<Asset>,
    /// The files that did not become assets.
    pub failed: Vec<NotTaken>,
}

/// An asset, or a real person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Asset {
    /// The asset's ID, for queries about the asset.
    pub asset_id: String,
    /// What `status` means.
    pub state: AssetState,
    /// The status, as the answer spells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The asset's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The URL of the file that the asset was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The `asset://` link to use in a video request, if the answer states one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset_ref: Option<String>,
    /// The vendor's message, such as why the asset failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// The state of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum AssetState {
    /// The asset is not reviewed yet: query again.
    Pending,
    /// A video request may use the asset.
    Active,
    /// The asset cannot be used, or can no longer be used.
    Failed,
    /// The status is not a known one: query again.
    Unknown,
}

impl AssetState {
    fn of(status: &str) -> Self {
        match status.to_ascii_lowercase().as_str() {
            "pending" | "processing" | "uploading" | "none" => Self::Pending,
            "active" => Self::Active,
            "failed" | "rejected" | "expired" | "deleted" => Self::Failed,
            _ => Self::Unknown,
        }
    }
}

/// A file that did not become an asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NotTaken {
    /// The file's URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Why the file was not taken, in the vendor's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Asset {
    /// The `asset://` link to write into a video request; `None` unless the asset is active.
    #[must_use]
    pub fn reference(&self) -> Option<String> {
        let is_active = self.state == AssetState::Active;
        let own = || format!("asset://{}", self.asset_id);
        is_active.then(|| self.asset_ref.clone().unwrap_or_else(own))
    }

    fn read(item: &Object<'_>) -> Option<Self> {
        let status = item.text("status");
        Some(Self {
            asset_id: item.text("asset_id")?,
            // Without a status, the asset has just been registered and is not reviewed yet.
            state: status.as_deref().map_or(AssetState::Pending, AssetState::of),
            status,
            name: item.text("name"),
            url: item.first_of(URLS),
            asset_ref: item.text("asset_ref").filter(|it| it.starts_with("asset://")),
            message: item.words(),
        })
    }
}

impl NotTaken {
    /// Reads an object with the reason, or a string that is only the URL.
    fn read(item: &RawValue) -> Self {
        let object = Object::read(item.get()).unwrap_or_default();
        let alone = serde_json::from_str(item.get()).ok();
        Self { url: alone.or_else(|| object.first_of(URLS)), message: object.words() }
    }
}

const URLS: &[&str] = &["original_url", "url", "image_url"];

/// Reads the answer to an upload from its bytes and, if known, its HTTP status.
#[must_use]
pub fn read_upload(text: &[u8], http_status: impl Into<Option<u16>>) -> Answer<Upload> {
    Envelope::read(text, http_status.into()).answer(|data| {
        Some(Upload {
            url: data.text("url")?,
            filename: data.text("filename"),
            size: data.text("size").and_then(|size| size.parse().ok()),
            mime_type: data.text("mime_type"),
        })
    })
}

/// Reads the answer to any request about assets or real persons from its bytes and, if known, its HTTP status.
#[must_use]
pub fn read_assets(text: &[u8], http_status: impl Into<Option<u16>>) -> Answer<Assets> {
    Envelope::read(text, http_status.into()).answer(|data| {
        let items = match data.list("items") {
            Some(items) => {
                let read = |item: &RawValue| Asset::read(&Object::read(item.get())?);
                items.into_iter().filter_map(read).collect()
            }
            None => [Asset::read(data)?].into(),
        };
        let failed = data.list("failed_items").unwrap_or_default();
        Some(Assets { items, failed: failed.into_iter().map(NotTaken::read).collect() })
    })
}

#[cfg(test)]
mod tests;
