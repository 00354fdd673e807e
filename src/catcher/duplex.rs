//! What a conversation goes over.

use std::fmt::Debug;

use tokio::io::{AsyncRead, AsyncWrite};

/// What can be read and written: the bare connection, or TLS over it.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Debug + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Debug + Send + Unpin> Duplex for T {}
