//! What a bag is held to: the RFC's rules, or those of this program for a bag that it made itself.
//!
//! Both who looks at the bag as a whole and who reads its manifests line by line ask for it, so it stands below them.

/// What a bag is held to.
#[derive(Debug, Clone, Copy)]
pub struct BagRules {
    /// Whether this program made it.
    pub is_ours: bool,
    /// Whether it is of version 0.97.
    pub is_old: bool,
}
