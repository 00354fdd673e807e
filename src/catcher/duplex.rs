//! The connection below a conversation.

use std::fmt::Debug;

use tokio::io::{AsyncRead, AsyncWrite};

/// A bare connection, or TLS over it.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Debug + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Debug + Send + Unpin> Duplex for T {}
