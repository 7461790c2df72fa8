//! Finding out what became of a write whose outcome is unknown.

use crate::client::Caller;
use crate::error::Error;
use crate::operation::{ErrorOf, Operation, Settings};
use crate::outcome::Outcome;

/// A write whose unknown outcome can be settled.
pub trait Settle: Operation {
    /// The call that finds out. Where the provider's own key makes a repeat harmless, it is the
    /// write itself.
    type ReadBack: Operation<Settings = Self::Settings>;

    /// The call that finds out what became of this one.
    fn read_back(&self) -> Self::ReadBack;

    /// What the answer of the read-back says about this write.
    fn settled(
        &self,
        answer: Result<<Self::ReadBack as Operation>::Output, ErrorOf<Self::ReadBack>>,
    ) -> Settled<Self::Output, Self::Rejection>;
}

/// A write that may be sent again once its read-back has shown that it did not happen.
///
/// A charge of a card is none: what a read-back does not find may still be on its way, and nothing
/// would keep the second one from being a second charge.
pub trait Resend: Settle {
    /// Whether a refusal of the write itself says that it is there already, as a duplicate does.
    /// After a crash or an unknown outcome that is the sign that an earlier try arrived.
    fn is_already_done(rejection: &Self::Rejection) -> bool {
        let _ = rejection;
        false
    }
}

/// What is known about a write after its read-back.
#[derive(Debug)]
#[must_use]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Settled<T, R> {
    /// Done by the read-back itself, where that is a harmless repeat; its answer.
    Done(T),
    /// Already done by the earlier try, whose own answer is lost.
    AlreadyDone,
    /// It did not happen. Sending it is safe.
    NotDone,
    /// It is not done, and the provider refuses it as it is; the refusal says what to correct.
    Refused(R),
    /// The read-back did not find out. **It still may have happened**, whatever the error says
    /// about the read-back itself.
    Open(Error<R>),
}

/// How a write got done.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Sent<T> {
    /// Done, with the provider's answer.
    Done(T),
    /// An earlier try had done it, of this call or of one before; its own answer is lost.
    AlreadyDone,
}

impl<S: Settings> Caller<S> {
    /// Finds out what became of a write whose outcome is unknown, by its read-back.
    pub async fn settle<O>(&self, operation: &O) -> Settled<O::Output, O::Rejection>
    where
        O: Settle<Settings = S>,
    {
        operation.settled(self.call(&operation.read_back()).await)
    }

    /// Sends a write, and after an unknown outcome settles it before it would ever send again.
    ///
    /// It may be called again for the same write, as after a crash: where the provider then says that
    /// the write is there already, that is [`Sent::AlreadyDone`], not an error.
    ///
    /// The read-back is tried as often as [`Retry`](crate::Retry) says, with its pauses. Where it
    /// proves that the first try did not happen, the write is sent once more.
    ///
    /// # Errors
    ///
    /// When the write was not sent, when the provider refused it, or when its outcome is still
    /// unknown after all tries; [`Error::outcome`] tells which.
    pub async fn send_or_settle<O>(&self, operation: &O) -> Result<Sent<O::Output>, ErrorOf<O>>
    where
        O: Resend<Settings = S>,
    {
        let unknown = match self.call(operation).await {
            Ok(output) => return Ok(Sent::Done(output)),
            Err(Error::Rejected(no)) if O::is_already_done(&no) => return Ok(Sent::AlreadyDone),
            Err(error) if error.outcome() == Outcome::NotDone => return Err(error),
            Err(error) => error,
        };
        for tried in 1..=self.config().retry.tries {
            self.pause(tried).await;
            match self.settle(operation).await {
                Settled::Done(output) => return Ok(Sent::Done(output)),
                Settled::AlreadyDone => return Ok(Sent::AlreadyDone),
                // The first try may still have been on its way when the read-back did not find it.
                Settled::NotDone => {
                    return match self.call(operation).await {
                        Ok(output) => Ok(Sent::Done(output)),
                        Err(Error::Rejected(no)) if O::is_already_done(&no) => {
                            Ok(Sent::AlreadyDone)
                        }
                        Err(error) => Err(error),
                    };
                }
                Settled::Refused(rejection) => return Err(Error::Rejected(rejection)),
                Settled::Open(_) => {}
            }
        }
        Err(unknown)
    }
}
