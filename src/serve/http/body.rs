//! The body of an answer: pieces of memory that are never copied, or a stream of messages that never ends.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use hyper::body::{Body, Bytes, Frame, SizeHint};

use super::crowd::Busy;
use crate::serve::reload::Listener;

/// What follows the head of an answer.
#[derive(Debug)]
pub struct Payload {
    /// What is ready to go out.
    pieces: VecDeque<Bytes>,
    /// Who brings more, for a stream.
    stream: Option<Stream>,
    /// Marks the connection as busy as long as this body lives.
    _busy: Busy,
}

/// The next messages for a listener, and the listener back.
type Next = Pin<Box<dyn Future<Output = (Listener, Vec<Bytes>)> + Send>>;

struct Stream(Next);

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stream")
    }
}

impl Payload {
    /// All of these bytes, one after the other.
    pub fn whole(pieces: impl IntoIterator<Item = Bytes>, busy: Busy) -> Self {
        let pieces = pieces.into_iter().filter(|p| !p.is_empty()).collect();
        Self { pieces, stream: None, _busy: busy }
    }

    /// What the listener hears, until it leaves.
    pub fn stream(listener: Listener, busy: Busy) -> Self {
        Self { pieces: VecDeque::new(), stream: Some(Stream(Box::pin(listener.hear()))), _busy: busy }
    }

    /// How many bytes are ready: of a whole body, all.
    pub fn len(&self) -> u64 {
        self.pieces.iter().map(|p| p.len() as u64).sum()
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        loop {
            if let Some(piece) = self.pieces.pop_front() {
                return Poll::Ready(Some(Ok(Frame::data(piece))));
            }
            let Some(stream) = &mut self.stream else { return Poll::Ready(None) };
            let (listener, messages) = ready!(stream.0.as_mut().poll(cx));
            self.pieces.extend(messages);
            self.stream = Some(Stream(Box::pin(listener.hear())));
        }
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty() && self.stream.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        if self.stream.is_none() { SizeHint::with_exact(self.len()) } else { SizeHint::default() }
    }
}

/// A file's bytes, shared with the snapshot.
pub fn shared(bytes: &Arc<[u8]>) -> Bytes {
    Bytes::from_owner(Arc::clone(bytes))
}
