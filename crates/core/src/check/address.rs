//! IP addresses as numbers, read and spelled as [`core::net`] does, in a fraction of its code.

use alloc::string::String;

use seedance_json::Sink;

/// Four decimal parts without leading zeros, and nothing else.
pub(super) fn v4(text: &[u8]) -> Option<u32> {
    let mut rest = text;
    let mut address = 0;
    for index in 0..4 {
        if index > 0 {
            rest = rest.strip_prefix(b".")?;
        }
        if let [b'0', b'0'..=b'9', ..] = rest {
            return None;
        }
        let part = number(&mut rest, 10)?;
        address = address << 8 | u32::from(u8::try_from(part).ok()?);
    }
    rest.is_empty().then_some(address)
}

/// Eight groups, of which `::` leaves out zeros and an IPv4 address may be the last two.
pub(super) fn v6(text: &[u8]) -> Option<u128> {
    let mut rest = text;
    let mut address = 0;
    let mut count = 0;
    // What stands before `::`, and how many groups that are.
    let mut gap = None;
    loop {
        if let ([b':', b':', behind @ ..], None) = (rest, gap) {
            gap = Some((address, count));
            address = 0;
            rest = behind;
            if rest.is_empty() {
                break;
            }
        } else if count > 0 {
            rest = rest.strip_prefix(b":")?;
        }
        let mut behind = rest;
        let group = number(&mut behind, 16)?;
        if let [b'.', ..] = behind {
            address = address << 32 | u128::from(v4(rest)?);
            count += 2;
            break;
        }
        address = address << 16 | u128::from(group);
        count += 1;
        rest = behind;
        if rest.is_empty() {
            break;
        }
    }
    match gap {
        None => (count == GROUPS).then_some(address),
        // `::` stands for a group at least.
        Some(_) if count >= GROUPS => None,
        Some((mut before, groups)) => {
            for _ in groups..GROUPS {
                before <<= 16;
            }
            Some(before | address)
        }
    }
}

const GROUPS: usize = 8;

/// The IPv4 address that an IPv6 address stands for.
pub(super) const fn mapped(address: u128) -> Option<u32> {
    if address >> 32 == 0xFFFF {
        Some(address as u32)
    } else {
        None
    }
}

/// Takes a number of up to four digits from the front.
fn number(rest: &mut &[u8], radix: u16) -> Option<u16> {
    let mut number = 0;
    let mut digits = 0;
    while let Some((first, behind)) = rest.split_first()
        && let Some(digit) = char::from(*first).to_digit(radix.into())
    {
        if digits == 4 {
            return None;
        }
        number = number * radix + digit as u16;
        digits += 1;
        *rest = behind;
    }
    (digits > 0).then_some(number)
}

/// The one spelling of an IPv4 address.
pub(super) fn push_v4(text: &mut String, address: u32) {
    for (index, part) in address.to_be_bytes().into_iter().enumerate() {
        if index > 0 {
            text.push('.');
        }
        text.unsigned(part.into());
    }
}

/// The one spelling of an IPv6 address.
pub(super) fn push_v6(text: &mut String, address: u128) {
    match mapped(address) {
        Some(address) => {
            text.push_str("::ffff:");
            push_v4(text, address);
        }
        None => push_groups(text, address),
    }
}

fn push_groups(text: &mut String, address: u128) {
    // The first of the longest runs of zeros; one zero is no run.
    let (mut start, mut longest, mut zeros) = (GROUPS, 1, 0);
    let mut rest = address;
    for index in 0..GROUPS {
        zeros = if rest >> 112 == 0 { zeros + 1 } else { 0 };
        if zeros > longest {
            (start, longest) = (index + 1 - zeros, zeros);
        }
        rest <<= 16;
    }
    let end = start + longest;
    let mut rest = address;
    for index in 0..GROUPS {
        let group = (rest >> 112) as u16;
        rest <<= 16;
        let is_left_out = (start..end).contains(&index);
        text.push_str(if index == start {
            "::"
        } else if is_left_out || index == 0 || index == end {
            ""
        } else {
            ":"
        });
        if is_left_out {
            continue;
        }
        for shift in [12, 8, 4, 0] {
            if group >> shift != 0 || shift == 0 {
                let digit = usize::from(group >> shift & 0xF);
                text.push(char::from(b"0123456789abcdef"[digit]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use core::net::{Ipv4Addr, Ipv6Addr};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16_384, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn addresses_are_read_as_the_standard_library_reads_them(
            text in "(([0-9]{1,4}|25[0-9]|00)\\.){2,4}[0-9]{0,3}|(::?|[0f]:|([0-9a-fA-Fg]{0,5}|0|ffff)::?){0,9}([0-9a-f]{0,5}|(1?[0-9]{1,2}\\.){3}[0-9])(::?)?|([0-9a-f]{1,4}:){6,7}([0-9a-f]{1,4}|1.2.3.4|:)",
        ) {
            prop_assert_eq!(v4(text.as_bytes()).map(Ipv4Addr::from), text.parse().ok());
            prop_assert_eq!(v6(text.as_bytes()).map(Ipv6Addr::from), text.parse().ok());
        }

        #[test]
        fn addresses_are_spelled_as_the_standard_library_spells_them(
            groups in any::<[u16; 8]>(),
            zeros in any::<[bool; 8]>(),
            is_mapped in any::<bool>(),
        ) {
            let mut groups = groups;
            for (group, is_zero) in groups.iter_mut().zip(zeros) {
                if is_zero {
                    *group = 0;
                }
            }
            if is_mapped {
                groups[..6].copy_from_slice(&[0, 0, 0, 0, 0, 0xFFFF]);
            }
            let address = Ipv6Addr::from(groups);
            let mut text = String::new();
            push_v6(&mut text, address.into());
            prop_assert_eq!(text, address.to_string());

            let [.., c, d] = groups;
            let address = Ipv4Addr::from(u32::from(c) << 16 | u32::from(d));
            let mut text = String::new();
            push_v4(&mut text, address.into());
            prop_assert_eq!(text, address.to_string());
        }
    }
}
